"""The Django app's configuration."""

from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app for parts that all pages share."""

    name = "distui.web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, and log sign-ins."""
        import_module("distui.deployment.checks")
        import_module("distui.web.authentication.limits").log_sign_ins()
