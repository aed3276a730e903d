"""Notice that a backup of the database was restored, and give its drafts new client tokens.

Each host keeps the number of the newest submission that it has seen outside of the database. It
looks at each submission, with each worker's heartbeat, and whenever ``/readyz`` is asked. Each
host that sees an older database renews the tokens in the database once, and so for all hosts.
"""

from __future__ import annotations

import logging
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from distui.builder.models import Draft, new_token
from distui.submissions.models import Submission

log = logging.getLogger(__name__)


def store_newest_number(submission: Submission) -> None:
    """Keep the submission's number outside of the database, if it is the newest."""
    if submission.pk > _noted():
        _write(submission.pk)


def renew_tokens_if_restored() -> bool:
    """Give all drafts new tokens if the database is older than the newest submission seen here.

    Their tokens may have been sent since, with other content. Returns whether it did.
    """
    noted = _noted()  # before the database is asked, whose newest may be noted right after
    newest = Submission.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if noted > newest:
        renew_tokens()
    if noted != newest:
        _write(newest)
    if noted <= newest:
        return False
    log.warning(
        "A backup of the database was restored: submission %s is unknown, %s is the newest. All"
        " drafts have new client tokens. Run manage.py reconcile to find what the history lacks.",
        noted,
        newest,
    )
    return True


def restore_notice() -> str:
    """Return a sentence for ``/readyz`` if it has just noticed that a backup was restored."""
    return "A backup of the database was restored." if renew_tokens_if_restored() else ""


def renew_tokens() -> None:
    """Give all drafts new tokens."""
    for pk in Draft.objects.values_list("pk", flat=True):
        Draft.objects.filter(pk=pk).update(client_token=new_token())


def _noted() -> int:
    try:
        return int(_path().read_text())
    except (OSError, ValueError):  # none yet
        return 0


def _write(number: int) -> None:
    with suppress(OSError):  # a full disk must not undo a submission that is stored
        _path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=_path().parent, delete=False) as file:
            file.write(f"{number}\n")
        Path(file.name).replace(_path())


def _path() -> Path:
    path: Path = settings.NEWEST_SUBMISSION
    return path
