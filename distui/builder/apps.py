"""The room as a Django application."""

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    """Registers the room."""

    name = "distui.builder"
    default_auto_field = "django.db.models.BigAutoField"
