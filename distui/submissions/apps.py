"""The room as a Django application."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """Registers the room."""

    name = "distui.submissions"
    default_auto_field = "django.db.models.BigAutoField"
