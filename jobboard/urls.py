from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from jobboard import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("guides.urls")),
    path("", include("jobs.urls")),
    path("", include("market.urls")),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("components/", views.components, name="components"),
    path("admin/", admin.site.urls),
]
if settings.DEMO:
    # In production the proxy serves them.
    urlpatterns.append(path("media/<path:name>", views.media, name="media"))

handler400 = "jobboard.views.bad_request"
handler403 = "jobboard.views.forbidden"
handler404 = "jobboard.views.not_found"
handler500 = "jobboard.views.server_error"
