"""Measure the memory of a process that answers many heavy requests: a part of ``make growth``."""

from __future__ import annotations

import json

from distui.builder.models import Draft
from tests.bench.figures import MAX_MB, peak_memory, print_limits
from tests.bench.growth import create_draft
from tests.bench.large_documents import legal_maximum
from tests.documents.imported import read_document

REQUESTS = 60


def report() -> int:
    """Print the limit; return 1 if it is exceeded."""
    draft, client = create_draft(legal_maximum(1))
    url = f"/drafts/{draft.pk}/"
    for number in range(REQUESTS):
        place = f"/distributions/{number}/" + "x" * 2_000_000
        client.post(url, {"op": f"remove:{place}", "name": f"golden {number}"})
        client.post(url, {"op": "save", "name": "x" * 200_000 + str(number)})
        text = read_document(json.dumps(legal_maximum(1) | {"name": f"golden {number}"})).text
        Draft(text=text).analyze()
    return print_limits([("largest memory of the process, MB", peak_memory(), MAX_MB)])
