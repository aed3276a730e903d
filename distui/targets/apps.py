"""App configuration."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Configuration of the targets app."""

    name = "distui.targets"
    default_auto_field = "django.db.models.BigAutoField"
