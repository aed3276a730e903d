"""App configuration."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """Configuration of the submissions app."""

    name = "distui.submissions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        from distui.submissions import checks  # noqa: F401
