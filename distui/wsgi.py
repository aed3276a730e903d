"""The WSGI application that gunicorn serves."""

import gc
import os
import sys
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.template import engines

from distui.deployment.checks import start_problem

# gunicorn's own exit code for an application that can't be loaded: with it, gunicorn stops instead
# of trying again.
_APP_LOAD_ERROR = 4
# The first request would import them; commands start sooner without them.
_LOADED_LATE = [
    "distui.core.schema.full_validation",
    "distui.deployment.template_loader",
    "yaml",
]


def load_modules() -> None:
    """Import all that pages need: else the first request of each worker waits for it.

    gunicorn's workers share what is loaded before they start.
    """
    engines.all()  # imports all template tags
    for name in (settings.ROOT_URLCONF, *_LOADED_LATE):
        import_module(name)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distui.settings")
try:
    application = get_wsgi_application()
    problem = start_problem()
except ImproperlyConfigured as error:
    problem = str(error)
if problem:
    sys.stderr.write(f"{problem}\n")
    sys.exit(_APP_LOAD_ERROR)
load_modules()
gc.freeze()  # exclude the loaded modules from garbage collection
# A request makes many objects and few cycles: the default, 700 objects, looks for them too often.
gc.set_threshold(20_000)
