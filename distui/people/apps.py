"""The room as a Django application."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from distui.people.groups import make_reviewers


class PeopleConfig(AppConfig):
    """Registers the room."""

    name = "distui.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the group of reviewers after each migration.

        Of auth's turn, by which the rooms that stand before it have their permissions.
        """
        post_migrate.connect(make_reviewers, sender=apps.get_app_config("auth"))
