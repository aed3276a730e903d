"""The WSGI application that gunicorn serves."""

import gc
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

# gunicorn's own exit code for an application that can't be loaded: with it, gunicorn stops instead
# of trying again.
_APP_LOAD_ERROR = 4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distui.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(_APP_LOAD_ERROR)
gc.freeze()  # exclude the loaded modules from garbage collection
