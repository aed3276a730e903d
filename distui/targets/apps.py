"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Configuration of the targets app."""

    name = "distui.targets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Record who changes targets."""
        auditlog = import_module("auditlog.registry").auditlog  # which needs all apps
        auditlog.register(self.get_model("Target"), m2m_fields={"groups"})
