"""gunicorn reads this file in the folder in which it is started: ``gunicorn`` needs no options."""

from distui.deployment.gunicorn_conf import *  # noqa: F403
