"""``make bench``: what the editor costs on the server and in Chromium with 1, 10 and 34 Regions.

Beside it, in the same run, stands the same document as one page of nested crispy formsets: the
ratios mean something on any machine, the milliseconds only on this one.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Print the tables; 1 where a bound that was promised is not kept."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["DISTUI_VAR"] = place
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(place) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "distui.settings"
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        import django

        django.setup()
        from django.core.management import call_command

        from tests.bench import browser, server

        call_command("migrate", verbosity=0)
        broken = server.report()
        broken += browser.report()
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
