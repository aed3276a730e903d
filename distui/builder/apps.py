"""The Django application of the drafts."""

from importlib import import_module

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    """Configuration of the ``builder`` app."""

    name = "distui.builder"
    verbose_name = "Drafts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system check."""
        import_module("distui.builder.team_rules")
