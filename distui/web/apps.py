"""The Django app's configuration."""

from importlib import import_module

from django.apps import AppConfig, apps

from distui.deployment.static_files import IGNORED


class WebConfig(AppConfig):
    """The app for parts that all pages share."""

    name = "distui.web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, log sign-ins, and collect only the files that pages use."""
        apps.get_app_config("staticfiles").ignore_patterns = IGNORED  # type: ignore[attr-defined]
        import_module("distui.deployment.checks")
        import_module("distui.web.authentication.limits").log_sign_ins()
