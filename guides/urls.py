from django.urls import path

from guides import views

app_name = "guides"

urlpatterns = [
    path("guides/", views.index, name="index"),
    path("guides/feed.atom", views.feed, name="feed"),
    path("guides/preview/<str:token>/", views.guide_preview, name="preview"),
    path("guides/<slug:slug>/", views.guide, name="guide"),
    path("guides/<slug:slug>/share.png", views.guide_image, name="guide_image"),
    path("guides/<slug:slug>/history/", views.history, name="history"),
    path("roles/", views.role_index, name="roles"),
    path("roles/<slug:slug>/", views.role, name="role"),
    path("roles/<slug:slug>/share.png", views.role_image, name="role_image"),
    path("compare/", views.compare_pick, name="compare_pick"),
    path("compare/<slug:pair>/", views.compare, name="compare"),
    path("compare/<slug:pair>/share.png", views.compare_image, name="compare_image"),
]
