"""Tell the engine that a submission is due."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

from django.conf import settings

log = logging.getLogger(__name__)


def engine() -> Any:
    """Return the module of the engine that ``DISTUI_ENGINE`` chooses."""
    # Not a static import: engines import what calls this.
    return import_module(f"distui.submissions.ledger.engines.{settings.DISTUI_ENGINE}")


def enqueue(submission_id: int) -> None:
    """Tell the engine that the submission is due now. Call it after the row is committed.

    Without it, the engine finds the row a few seconds later: a failure is logged and delays only.
    """
    try:
        engine().enqueue(submission_id)
    except Exception:
        log.exception("Submission %s was not announced; it is sent a little later.", submission_id)
