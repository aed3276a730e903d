"""The room as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the room."""

    name = "distui.web"
    default_auto_field = "django.db.models.BigAutoField"
