"""Drafts, below /drafts/."""

from __future__ import annotations

from django.urls import path

from distui.builder import views, views_copying, views_outcome, views_versions

app_name = "builder"
urlpatterns = [
    path("new/", views.new_draft, name="new-draft"),
    path("import/", views.import_draft, name="import-draft"),
    path("<int:pk>/", views.edit_draft, name="edit-draft"),
    path("<int:pk>/delete/", views.delete_draft, name="delete-draft"),
    path("<int:pk>/copy/", views_copying.copy_to_regions, name="copy-to-regions"),
    path("<int:pk>/versions/", views_versions.show_versions, name="show-versions"),
    path("<int:pk>/preview/<int:index>/", views.show_region, name="show-region"),
    path("<int:pk>/outcome/", views_outcome.show_outcome, name="show-outcome"),
    path("<int:pk>.json", views.draft_json, name="draft-json"),
]
