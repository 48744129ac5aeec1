from django.urls import path

from market import events

app_name = "market"

urlpatterns = [
    path("roles/<slug:slug>/events.csv", events.events, name="events"),
]
