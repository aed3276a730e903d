"""The commands for files: ``lint``, ``convert`` and ``schema``. They need no Django."""
