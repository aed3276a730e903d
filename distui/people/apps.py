"""App configuration."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from distui.people.reviewers import create_reviewers_group


class PeopleConfig(AppConfig):
    """Configuration of the people app."""

    name = "distui.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Record changes, and create the reviewers group after each migration.

        Run on auth's post_migrate: by then the permissions of all apps listed before it exist.
        """
        import_module("distui.people.audit").record_changes()
        post_migrate.connect(create_reviewers_group, sender=apps.get_app_config("auth"))
