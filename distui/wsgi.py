"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distui.settings")
application = get_wsgi_application()
gc.freeze()  # exclude the loaded modules from garbage collection
