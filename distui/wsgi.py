"""The WSGI application that gunicorn serves."""

import gc
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from distui.deployment.checks import start_problem

# gunicorn's own exit code for an application that can't be loaded: with it, gunicorn stops instead
# of trying again.
_APP_LOAD_ERROR = 4


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distui.settings")
try:
    application = get_wsgi_application()
    problem = start_problem()
except ImproperlyConfigured as error:
    problem = str(error)
if problem:
    sys.stderr.write(f"{problem}\n")
    sys.exit(_APP_LOAD_ERROR)
gc.freeze()  # exclude the loaded modules from garbage collection
