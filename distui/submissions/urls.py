"""Review, history and exports; the first page has its name in the project's own addresses."""

from __future__ import annotations

from django.urls import path

from distui.submissions import views_exports, views_history, views_review

app_name = "submissions"
urlpatterns = [
    path("drafts/<int:pk>/review/", views_review.review_draft, name="review-draft"),
    path("history/", views_history.history, name="history"),
    path("history/<int:pk>/", views_history.show_submission, name="show-submission"),
    path("history/<int:pk>.json", views_history.submission_json, name="submission-json"),
    path("history/<int:pk>/reopen/", views_history.reopen_submission, name="reopen-submission"),
    path("history/export.jsonl", views_exports.export_jsonl, name="export-jsonl"),
    path("history/export.csv", views_exports.export_csv, name="export-csv"),
]
