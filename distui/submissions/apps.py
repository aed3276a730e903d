"""App configuration."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """Configuration of the submissions app."""

    name = "distui.submissions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, and let rules know the history."""
        from distui.builder import rule_context
        from distui.submissions import checks  # noqa: F401
        from distui.submissions.known_configurations import known_of_target

        rule_context.known_of_target = known_of_target
