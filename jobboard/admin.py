from django.conf import settings
from django.contrib import admin


class BoardAdminSite(admin.AdminSite):
    """The stock admin under the board's name."""

    site_header = settings.BOARD["NAME"]
    site_title = settings.BOARD["NAME"]
    index_title = "Edit the board"
