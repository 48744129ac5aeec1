from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class BoardConfig(AppConfig):
    name = "jobboard"


class BoardAdminConfig(AdminConfig):
    default_site = "jobboard.admin.BoardAdminSite"
