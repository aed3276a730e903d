"""The room as a Django application."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Registers the room."""

    name = "distui.targets"
    default_auto_field = "django.db.models.BigAutoField"
