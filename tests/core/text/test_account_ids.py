"""Account IDs are split, counted and cleaned up; none is lost or invented."""

from __future__ import annotations

import pytest

from distui.core.text import account_ids
from distui.core.text.account_ids import (
    IdProblem,
    IdSummary,
    clean_ids,
    describe,
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
        ("<script>alert(1)</script>", ["<script>alert(1)</script>"]),
        (f"f('{A}')", [f"f('{A}')"]),
        ("0729-6418-3051, 7350-1846-2939", ["0729-6418-3051", "7350-1846-2939"]),
        ("0729 6418 3051\n7350 1846 2939", ["0729 6418 3051", "7350 1846 2939"]),
        (f"Acme,{A},prod 2\n\n{B}", [f"Acme,{A},prod 2", B]),
        ("Account ID, Name", ["Account ID, Name"]),
        ("12345678, 123", ["12345678", "123"]),
        (f"{A} 12345678", [A, "12345678"]),
        (f"accounts: {A}, {B}", ["accounts:", A, B]),
    ],
)
def test_it_splits_a_pasted_text_without_loss(pasted, expected):
    assert split_ids(pasted) == expected


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
def test_clean_ids_returns_distinct_accounts_in_order(given, expected):
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
def test_other_items_stay_as_typed(item):
    assert clean_ids([item]) == [item]
    assert clean_ids([A, item]) == [A, item]


def test_leading_zeros_are_restored_only_on_request():
    assert clean_ids(["72964183051", "0729-6418-3051"]) == ["72964183051", A]


def test_a_summary_counts_ids_and_problems():
    listed = [A, B, "0729-6418-3051", "72964183051", "x"]
    assert summarize_ids(listed) == IdSummary(
        total=4,
        distinct=3,
        duplicates=[A],
        malformed=[
            ("0729-6418-3051", IdProblem.DASHES),
            ("72964183051", IdProblem.TOO_SHORT),
            ("x", IdProblem.NOT_AN_ID),
        ],
        restorable=["72964183051"],
        unparseable=["x"],
    )


def test_the_ruler_below_a_heading_is_removed():
    table = f"| Account | Name |\n|---|:--:|\n| {A} | dev |\n| {B} | prod |"
    found = account_ids.split_ids(table)
    assert len(found) == 4
    assert clean_ids(found) == [A, B]


def test_words_between_the_ids_are_unparseable():
    found = summarize_ids([A, "prod", "=", B, "=", "1", "1.23457E+11", f"Acme,{A}"])
    assert found.unparseable == ["prod", "=", "="]
    assert (found.total, found.distinct, found.duplicates) == (5, 4, [A])


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (A, ""),
        ("1", "has 1 digit; account IDs have 12"),
        ("9" * 13, "has 13 digits; account IDs have 12"),
        ("1.23457E+11", "was rounded by a spreadsheet; its last digits are lost"),
        (f"Acme,{A}", "contains other text; enter only the 12 digits"),
        ("\u200b" + A, "contains U+200B (zero width space)"),
        ("0729-6418-3051", "contains dashes; enter only the 12 digits"),
        ("0729 6418 3051", "contains spaces; enter only the 12 digits"),
        ("prod", "isn't a 12-digit account ID"),
        ("٠٧٢٩٦٤١٨٣٠٥١", "contains “٠”, U+0660 (arabic-indic digit zero)"),
    ],
)
def test_it_describes_each_problem(item, expected):
    assert describe_problem(item) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        ([A], "1 entry"),
        ([A, B], "2 entries"),
        ([A, B, A], f"3 entries · 1 duplicate of {A}"),
        ([A, "0729-6418-3051", A], f"3 entries · 2 duplicates of {A} · 1 with dashes"),
        ([A, B, A, B], "4 entries · 2 duplicates"),
        ([A, "72964183051"], "2 entries · 1 too short"),
        (["1", "12", "9" * 13], "3 entries · 2 too short · 1 too long"),
        (["0729-6418-3051", "x"], "2 entries · 1 with dashes · 1 not an account ID"),
        (["0729 6418 3051", "x", "y"], "3 entries · 1 with spaces · 2 not account IDs"),
        (["7.2964E+10", f"Acme,{A}"], "2 entries · 1 rounded by a spreadsheet · 1 with other text"),
        (["\u200b" + A], "1 entry · 1 with invisible or non-ASCII characters"),
        ([f"{n:012d}" for n in range(1536)], "1,536 entries"),
    ],
)
def test_it_describes_a_list_in_one_line(items, expected):
    assert describe(items) == expected


def test_it_counts_1536_ids():
    many = [f"{number:012d}" for number in range(1536)]
    assert (summarize_ids(many).total, summarize_ids(many * 2).distinct) == (1536, 1536)
    assert account_ids.split_ids("\n".join(many)) == many
