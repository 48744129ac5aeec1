from django.urls import path

from jobs import finding, views

app_name = "jobs"

urlpatterns = [
    path("jobs/", views.posting_list, name="list"),
    path("jobs/<int:pk>-<slug:slug>/", views.posting, name="posting"),
    path("jobs/values/<slug:facet>/", finding.facet_values, name="values"),
    path("places/", finding.places, name="places"),
]
