"""Cleaning up any pasted list of account IDs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from distui.core.text.account_ids import (
    clean_ids,
    split_ids,
)


@given(st.text(st.sampled_from("0123456789 ,;-\n\t'\"[xA.:=\u00a0\u200b٣"), max_size=80))
def test_splitting_again_changes_nothing(text):
    once = split_ids(text)
    assert split_ids("\r\n".join(once)) == once


@given(st.lists(st.text("0123456789- x", max_size=14), max_size=8))
def test_cleaning_up_again_changes_nothing(given):
    once = clean_ids(given)
    assert clean_ids(once) == once


@given(st.lists(st.integers(0, 10**12 - 1).map("{:012d}".format)))
def test_valid_ids_survive_in_any_notation(ids):
    dashed = [f"{id[:4]}-{id[4:8]}-{id[8:]}" for id in ids]
    assert clean_ids(ids) == clean_ids(dashed) == list(dict.fromkeys(ids))
