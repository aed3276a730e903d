"""Resolving tokens in any AMI name."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from distui.core.reference.ami_names import resolve_tokens
from distui.core.reference.ami_tokens import BUILD_DATE

# The service model's example of a build date.
MOMENT = datetime(2022, 10, 26, 22, 30, 5, 912619, tzinfo=UTC)


PIECES = st.sampled_from(["{", "}", "{{", "}}", " ", "imagebuilder:buildDate"])


@given(st.text() | st.lists(PIECES).map("".join))
def test_no_build_date_token_remains(text):
    assert not BUILD_DATE.search(resolve_tokens(text, MOMENT))
