"""The steps of ``manage.py reconcile``, also after a backup of the database was restored."""
