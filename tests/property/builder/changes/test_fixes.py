"""Fixes of any document's findings."""

from __future__ import annotations

import copy
import json
import re

from hypothesis import given

from distui.builder.changes.fixes import apply_fix, fix_label
from distui.builder.forms.declarations import RequestForm
from distui.builder.models import Draft
from tests.strategies import documents


@given(documents())
def test_every_fix_can_be_applied(document):
    # Of findings that differ only in the index, such as a thousand account IDs, one is tried.
    shown = Draft(text=json.dumps(document)).analyze().findings.all
    one_a_kind = {(found.rule, re.sub("[0-9]+", "*", found.pointer)): found for found in shown}
    for found in one_a_kind.values():
        if found.fix:
            before = copy.deepcopy(document)
            after, _ = apply_fix("fix", f"{found.rule}:{found.pointer}", document)
            assert document == before
            assert RequestForm(state=after).document() is not None
            assert fix_label(found.fix)
