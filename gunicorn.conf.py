"""gunicorn reads this file in the folder in which it is started: ``gunicorn`` needs no options."""

import sys

from django.core.exceptions import ImproperlyConfigured

try:
    from distui.deployment.gunicorn_conf import *  # noqa: F403
except ImproperlyConfigured as error:  # gunicorn would print a traceback
    sys.exit(f"\nError: {error}")
