"""App configuration."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """Configuration of the submissions app."""

    name = "distui.submissions"
    default_auto_field = "django.db.models.BigAutoField"
