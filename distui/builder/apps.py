"""The Django application of the drafts."""

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    """Configuration of the ``builder`` app."""

    name = "distui.builder"
    default_auto_field = "django.db.models.BigAutoField"
