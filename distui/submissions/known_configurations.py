"""The configurations in a target's account, for rules that compare a draft with them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from distui.core.caching import cached_by_text
from distui.core.document.configurations import Configuration, configuration_of
from distui.core.schema import shapes
from distui.submissions.models import Submission, SubmissionQuerySet, SubmissionState
from distui.targets.models import Target

_NEWEST = 200
_MOST_NAMES = 10_000
_MAX_LENGTH = 1_000_000  # characters of all requests


def known_of_target(target: Target) -> dict[str, Any]:
    """Return what rules compare a draft with: submissions' names, and configurations."""
    names = Submission.objects.sent_to(target).open().values_list("normalized_name", flat=True)
    known: dict[str, Any] = {"names_being_submitted": frozenset(names)}
    newest = _created(target.account).values_list("pk", "settled_at").first()
    if newest:
        known["created_names"] = _created_names(target.account, target.region, newest)
        known["configurations"] = _known(target.account, target.region, newest)
    return known


def _created(account: str) -> SubmissionQuerySet:
    created = Submission.objects.filter(account=account, state=SubmissionState.CREATED)
    return created.order_by("-settled_at")


# Both are cached as of the ``newest`` submission, so that most saves don't read them.
@cached_by_text(maxsize=4, max_length=100)
def _created_names(
    account: str, region: str, newest: tuple[int, datetime | None]
) -> frozenset[str]:
    found = _created(account).filter(region=region)
    return frozenset(found.values_list("normalized_name", flat=True)[:_MOST_NAMES])


@cached_by_text(maxsize=4, max_length=100)
def _known(
    account: str, region: str, newest: tuple[int, datetime | None]
) -> tuple[Configuration, ...]:
    """Return the configurations that distui created in the account, from the newest 200.

    Those of another home Region have it in their name, since a name is unique only in its Region.
    """
    rows = _created(account).values_list("region", "normalized_name", "request")
    found: dict[str, Configuration] = {}
    length = 0
    for home, name, request in rows[:_NEWEST].iterator(chunk_size=20):
        length += len(request)
        if length > _MAX_LENGTH:
            break
        label = name if home == region else f"{name} ({home})"
        if label not in found:
            document = shapes.well_typed(json.loads(request), shapes.shape())
            found[label] = configuration_of(document, account, name=label)
    return tuple(found.values())
