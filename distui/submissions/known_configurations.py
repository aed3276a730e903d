"""The configurations in a target's account, for rules that compare a draft with them."""

from __future__ import annotations

import json

from distui.core.caching import cached_by_text
from distui.core.document.configurations import Configuration, configuration_of
from distui.core.schema import shapes
from distui.submissions.models import Submission, SubmissionState
from distui.targets.models import Target

_NEWEST = 200
_MAX_LENGTH = 4_000_000  # characters of all requests


def known_configurations(target: Target) -> tuple[Configuration, ...]:
    """Return the configurations that distui created in the target's account, from the newest 200.

    Those of another home Region have it in their name, since a name is unique only in its Region.
    """
    created = Submission.objects.filter(account=target.account, state=SubmissionState.CREATED)
    rows = created.order_by("-id").values_list("region", "normalized_name", "request")[:_NEWEST]
    found: dict[str, Configuration] = {}
    length = 0
    for region, name, request in rows.iterator(chunk_size=20):
        length += len(request)
        if length > _MAX_LENGTH:
            break
        label = name if region == target.region else f"{name} ({region})"
        if label not in found:
            found[label] = _configuration(request, label, target.account)
    return tuple(found.values())


@cached_by_text(maxsize=256, max_length=64_000, max_total=1_000_000)
def _configuration(request: str, label: str, account: str) -> Configuration:
    document = shapes.well_typed(json.loads(request), shapes.shape())
    return configuration_of(document, account, name=label)
