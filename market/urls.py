from django.urls import path, re_path

from market import events, exports, salaries

app_name = "market"

FORM = r"(?P<form>csv|json)"

urlpatterns = [
    path("roles/<slug:slug>/events.csv", events.events, name="events"),
    path("roles/<slug:slug>/events.json", events.events, {"form": "json"}, name="events_json"),
    path("salaries/", salaries.page, name="salaries"),
    re_path(rf"^salaries/survey-answers\.{FORM}$", exports.answers, name="answers"),
    re_path(rf"^salaries/(?P<name>[a-z-]+)\.{FORM}$", exports.table, name="table"),
]
