"""Account ids: taken apart as typed, counted, and tidied without losing or inventing any."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distui.core.text import account_ids
from distui.core.text.account_ids import (
    IdSummary,
    clean_ids,
    describe_problem,
    split_ids,
    summarize_ids,
)

A, B, C = "072964183051", "735018462939", "001234567012"


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("", []),
        (f"{A}\r\n{B}", [A, B]),
        (f"{A}, {B};{C}\t{A}|{B}", [A, B, C, A, B]),
        (f"['{A}', \"{B}\"]", [A, B]),
        (f"'{C}", [C]),
        ("0729-6418-3051, 7350-1846-2939", ["0729-6418-3051", "7350-1846-2939"]),
        ("0729 6418 3051\n7350 1846 2939", ["0729 6418 3051", "7350 1846 2939"]),
        (f"Acme,{A},prod 2\n\n{B}", [f"Acme,{A},prod 2", B]),
        ("Account ID, Name", ["Account ID, Name"]),
        ("12345678, 123", ["12345678", "123"]),
        (f"{A} 12345678", [A, "12345678"]),
        (f"accounts: {A}, {B}", ["accounts:", A, B]),
    ],
)
def test_a_pasted_text_is_taken_apart_and_loses_nothing(pasted, expected):
    assert split_ids(pasted) == expected


@given(st.text(st.sampled_from("0123456789 ,;-\n\t'\"[xA.:=\u00a0\u200b٣"), max_size=80))
def test_what_was_taken_apart_stays_so_when_it_is_shown_and_posted_again(text):
    once = split_ids(text)
    assert split_ids("\r\n".join(once)) == once


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([C], [C]),
        (["0729-6418-3051"], [A]),
        (["0729\u20136418\u20133051"], [A]),
        (["0729 6418 3051"], [A]),
        (["0729\u00a06418\u00a03051"], [A]),
        (["0729 6418 3051 7350 1846 2939"], [A, B]),
        (["\u200b" + A, A + "\ufeff"], [A]),
        ([B, A, B, "0729-6418-3051"], [B, A]),
        (["72964183051"], [A]),
        (["123456789", "1234567890"], ["000123456789", "001234567890"]),
        (["72964183051", A], [A]),
        ([f"Acme, Inc,{A},prod"], [A]),
        (["Account ID", A], [A]),
        (["AccountId,Name", f"{A},Acme"], [A]),
        ([f'="{C}"'], [C]),
    ],
)
def test_tidying_up_keeps_each_account_once_in_order(given, expected):
    assert clean_ids(given, zeros=True) == expected


@pytest.mark.parametrize(
    "item",
    [
        "12345678",
        "1234567890123",
        "٠٧٢٩٦٤١٨٣٠٥١",
        "０７２９６４１８３０５１",
        "O72964183051",
        "7.2964E+10",
        "0729-641-83051",
        "12-3456-7890",
        "production",
        f"{A} or {B}",
        "-" * 5000 + "x",
        "9" * 5000,
        "",
    ],
)
def test_what_cannot_be_tidied_stays_as_it_was_typed(item):
    assert clean_ids([item]) == [item]
    assert clean_ids([A, item]) == [A, item]


def test_leading_zeros_are_put_back_only_where_that_is_asked_for():
    assert clean_ids(["72964183051", "0729-6418-3051"]) == ["72964183051", A]


@given(st.lists(st.text("0123456789- x", max_size=14), max_size=8))
def test_tidying_up_twice_is_tidying_up_once(given):
    once = clean_ids(given)
    assert clean_ids(once) == once


@given(st.lists(st.integers(0, 10**12 - 1).map("{:012d}".format)))
def test_good_ids_pass_through_in_every_guise(ids):
    dashed = [f"{id[:4]}-{id[4:8]}-{id[8:]}" for id in ids]
    assert clean_ids(ids) == clean_ids(dashed) == list(dict.fromkeys(ids))


def test_a_tally_counts_what_is_there_and_what_is_wrong():
    listed = [A, B, "0729-6418-3051", "72964183051", "x"]
    assert summarize_ids(listed) == IdSummary(
        total=4,
        distinct=3,
        duplicates=[A],
        malformed=[
            ("0729-6418-3051", "is written with dashes or spaces"),
            ("72964183051", "has 11 digits"),
            ("x", "is no account id"),
        ],
        restorable=["72964183051"],
        strangers=["x"],
    )


def test_the_rule_below_a_heading_is_one_item_and_is_tidied_away():
    table = f"| Account | Name |\n|---|:--:|\n| {A} | dev |\n| {B} | prod |"
    found = account_ids.split_ids(table)
    assert len(found) == 4
    assert clean_ids(found) == [A, B]


def test_words_between_the_ids_are_no_accounts():
    found = summarize_ids([A, "prod", "=", B, "=", "1", "1.23457E+11", f"Acme,{A}"])
    assert found.strangers == ["prod", "=", "="]
    assert (found.total, found.distinct, found.duplicates) == (5, 4, [A])


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (A, ""),
        ("1", "has 1 digit"),
        ("9" * 13, "has 13 digits"),
        ("1.23457E+11", "was rounded by a spreadsheet: its last digits are lost"),
        (f"Acme,{A}", "has other text beside it"),
        ("\u200b" + A, "holds U+200B (zero width space)"),
        ("٠٧٢٩٦٤١٨٣٠٥١", "holds “٠”, U+0660 (arabic-indic digit zero)"),
    ],
)
def test_each_fault_has_its_words(item, said):
    assert describe_problem(item) == said


def test_fifteen_hundred_and_more_are_counted():
    many = [f"{number:012d}" for number in range(1536)]
    assert (summarize_ids(many).total, summarize_ids(many * 2).distinct) == (1536, 1536)
    assert account_ids.split_ids("\n".join(many)) == many
