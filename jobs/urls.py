from django.urls import path

from jobs import regions, views

app_name = "jobs"

urlpatterns = [
    path("jobs/", views.posting_list, name="list"),
    path("jobs/regions/", regions.regions, name="regions"),
    path("jobs/<int:pk>-<slug:slug>/", views.posting, name="posting"),
]
