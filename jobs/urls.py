from django.urls import path

from jobs import kept, reports, views

app_name = "jobs"

urlpatterns = [
    path("jobs/", views.posting_list, name="list"),
    path("jobs/<int:pk>-<slug:slug>/", views.posting, name="posting"),
    path("jobs/<int:pk>-<slug:slug>/report/", reports.report, name="report"),
    path("jobs/<int:pk>-<slug:slug>/report/thanks/", reports.thanks, name="report_thanks"),
    path("jobs/kept/", kept.kept_postings, name="kept"),
]
