"""The Django app's configuration."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app for parts that all pages share."""

    name = "distui.web"
    default_auto_field = "django.db.models.BigAutoField"
