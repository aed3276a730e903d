"""Exports of the history."""

from __future__ import annotations

import csv
import io
import json

import pytest

from distui.submissions.history.exports import COLUMNS, csv_lines, escape_formula, json_lines
from tests.factories import make_submission


def download(response):
    """Return the text of a streamed download."""
    assert response.streaming
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; ")
    return b"".join(response.streaming_content).decode()


def test_json_lines_contain_every_record(alice, alice_client):
    rows = [make_submission(alice, name=f"zwölf\u2028{number}") for number in range(450)]
    response = alice_client.get("/history/export.jsonl")
    assert response["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in download(response).split("\n") if line]
    assert [line["id"] for line in lines] == [row.pk for row in reversed(rows)]
    assert lines[0] == json.loads(alice_client.get(f"/history/{rows[-1].pk}.json").content)


def test_an_export_contains_what_the_filters_match(alice, alice_client):
    make_submission(alice, name="matching", state="rejected")
    make_submission(alice, name="other")
    for kind in ("jsonl", "csv"):
        text = download(alice_client.get(f"/history/export.{kind}?state=rejected"))
        assert "matching" in text
        assert "other" not in text


def test_an_invalid_filter_exports_nothing(alice, alice_client):
    make_submission(alice)
    assert download(alice_client.get("/history/export.jsonl?since=yesterday")) == ""


def test_csv_contains_a_header_and_every_record(alice, alice_client):
    for number in range(3):
        make_submission(alice, name=f'"quoted", {number}', regions=("eu-west-1", "us-east-1"))
    rows = list(csv.DictReader(io.StringIO(download(alice_client.get("/history/export.csv")))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["name"] for row in rows] == [f'"quoted", {number}' for number in (2, 1, 0)]
    assert rows[0]["regions"] == "eu-west-1 us-east-1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff20"])
def test_it_escapes_formulas(start):
    assert escape_formula(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["a=1", " =1", 12, None, "0123"])
def test_it_leaves_other_cells_unchanged(value):
    assert escape_formula(value) == ("" if value is None else str(value))


def test_it_escapes_formulas_in_error_and_note(alice, bob, alice_client):
    submission = make_submission(alice, state="rejected", error_message="=HYPERLINK(1)")
    submission.reviews.create(decision="needs-work", note="@SUM(1)", reviewer=bob)
    text = download(alice_client.get("/history/export.csv"))
    assert "'=HYPERLINK(1)" in text
    assert "'@SUM(1)" in text


@pytest.mark.parametrize("write", [json_lines, csv_lines])
def test_a_record_is_written_before_the_next_is_read(write):
    read = []

    def records():
        for number in (1, 2):
            read.append(number)
            yield dict.fromkeys(COLUMNS, "") | {
                "request": {},
                "error": None,
                "review": None,
                "attempts": [],
            }

    lines = write(records())
    if write is csv_lines:
        next(lines)
    next(lines)
    assert read == [1]
