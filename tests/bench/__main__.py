"""Measure the editor with 1, 10 and 34 Regions, and the history: ``make bench``.

The same run measures the same document as one page of nested crispy formsets, and the linter beside
cfn-lint. The ratios are
comparable between machines, the milliseconds are not.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path


def main(*names: str) -> int:
    """Print the tables of these modules; return 1 if a limit is exceeded."""
    with tempfile.TemporaryDirectory() as directory:
        os.environ["DISTUI_VAR"] = directory
        sqlite = f"sqlite:///{Path(directory) / 'bench.sqlite3'}"
        os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL") or sqlite
        os.environ["DJANGO_SETTINGS_MODULE"] = "distui.settings"
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        import django

        django.setup()
        from django.core.management import call_command

        logging.disable(logging.INFO)
        call_command("migrate", verbosity=0)
        exceeded = sum(import_module(f"tests.bench.{name}").report() for name in names)
    return int(exceeded > 0)


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ("server", "ledger.history", "browser", "lint"))))
