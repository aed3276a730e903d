"""The history as files."""

from __future__ import annotations

import csv
import io
import json

import pytest

from distui.submissions.history.exports import COLUMNS, csv_lines, json_lines, plain_text
from tests.submissions.rows import make_submission


def download(answer):
    """The text of a streamed answer."""
    assert answer.streaming
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; ")
    return b"".join(answer.streaming_content).decode()


def test_json_lines_have_every_row(alice, alice_client):
    rows = [make_submission(alice, name=f"zwölf\u2028{number}") for number in range(450)]
    answer = alice_client.get("/history/export.jsonl")
    assert answer["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in download(answer).split("\n") if line]
    assert [line["id"] for line in lines] == [row.pk for row in reversed(rows)]
    assert lines[0] == json.loads(alice_client.get(f"/history/{rows[-1].pk}.json").content)


def test_an_export_is_what_the_filter_shows(alice, alice_client):
    make_submission(alice, name="kept", state="rejected")
    make_submission(alice, name="left out")
    for kind in ("jsonl", "csv"):
        text = download(alice_client.get(f"/history/export.{kind}?state=rejected"))
        assert "kept" in text
        assert "left out" not in text


def test_a_filter_that_can_t_be_read_exports_nothing(alice, alice_client):
    make_submission(alice)
    assert download(alice_client.get("/history/export.jsonl?since=yesterday")) == ""


def test_csv_has_a_header_and_every_row(alice, alice_client):
    for number in range(3):
        make_submission(alice, name=f'"quoted", {number}', regions=("eu-west-1", "us-east-1"))
    rows = list(csv.DictReader(io.StringIO(download(alice_client.get("/history/export.csv")))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["name"] for row in rows] == [f'"quoted", {number}' for number in (2, 1, 0)]
    assert rows[0]["regions"] == "eu-west-1 us-east-1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff20"])
def test_no_cell_is_a_formula(start):
    assert plain_text(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["a=1", " =1", 12, None, "0123"])
def test_other_cells_stay_as_they_are(value):
    assert plain_text(value) == ("" if value is None else str(value))


def test_a_formula_in_a_note_is_made_harmless(alice, bob, alice_client):
    submission = make_submission(alice, state="rejected", error_message="=HYPERLINK(1)")
    submission.reviews.create(verdict="needs-work", note="@SUM(1)", reviewer=bob)
    text = download(alice_client.get("/history/export.csv"))
    assert "'=HYPERLINK(1)" in text
    assert "'@SUM(1)" in text


@pytest.mark.parametrize("write", [json_lines, csv_lines])
def test_a_row_is_written_before_the_next_is_read(write):
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
