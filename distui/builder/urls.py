"""Drafts, below /drafts/."""

from __future__ import annotations

from django.urls import path

from distui.builder import views

app_name = "builder"
urlpatterns = [
    path("new/", views.new_draft, name="new-draft"),
    path("import/", views.import_draft, name="import-draft"),
    path("<int:pk>/", views.edit_draft, name="edit-draft"),
    path("<int:pk>.json", views.draft_json, name="draft-json"),
]
