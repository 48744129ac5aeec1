from django.urls import path

from jobs import feeds, finding, kept, regions, reports, views

app_name = "jobs"

urlpatterns = [
    path("jobs/", views.posting_list, name="list"),
    path("jobs/feed.atom", feeds.atom_feed, name="feed"),
    path("jobs/feed.json", feeds.json_feed, name="json_feed"),
    path("companies/", views.company_list, name="companies"),
    path("companies/<slug:slug>/", views.company, name="company"),
    path("skills/", views.skill_list, name="skills"),
    path("skills/<slug:slug>/", views.skill, name="skill"),
    path("places/<slug:slug>/", views.place, name="place"),
    path("jobs/regions/", regions.regions, name="regions"),
    path("jobs/<int:pk>-<slug:slug>/", views.posting, name="posting"),
    path("jobs/values/<slug:facet>/", finding.facet_values, name="values"),
    path("places/", finding.places, name="places"),
    path("jobs/<int:pk>-<slug:slug>/report/", reports.report, name="report"),
    path("jobs/<int:pk>-<slug:slug>/report/thanks/", reports.thanks, name="report_thanks"),
    path("jobs/kept/", kept.kept_postings, name="kept"),
]
