"""URLs of review, history and exports. The project's URLconf names the home page."""

from __future__ import annotations

from django.urls import path

from distui.submissions.history import views as history
from distui.submissions.review import views as review
from distui.submissions.submission_page import views as page
from distui.submissions.submission_page.action_buttons import change_submission

app_name = "submissions"
urlpatterns = [
    path("drafts/<int:pk>/review/", review.review_draft, name="review-draft"),
    path("history/", history.history, name="history"),
    path("history/<int:pk>/", page.show_submission, name="show-submission"),
    path("history/<int:pk>.json", history.submission_json, name="submission-json"),
    path("history/<int:pk>/formats/<str:name>/", page.show_submission_format, name="show-format"),
    path("history/<int:pk>/duplicate/", page.duplicate_submission, name="duplicate-submission"),
    path("history/<int:pk>/review/", page.review_submission, name="review-submission"),
    path("history/<int:pk>/answer/", page.answer_review, name="answer-review"),
    path("history/<int:pk>/reopen/", page.reopen_submission, name="reopen-submission"),
    *(
        path(
            f"history/<int:pk>/{action}/",
            change_submission,
            {"action": action},
            name=f"{action}-submission",
        )
        for action in ("resume", "abandon", "adopt", "cancel")
    ),
    path("history/export.jsonl", history.export_jsonl, name="export-jsonl"),
    path("history/export.csv", history.export_csv, name="export-csv"),
]
