"""Sorting Regions, and removing several at once."""

from __future__ import annotations

import pytest

from tests.builder.copying.copy_page import (
    STATE,
    boxes,
    codes,
    save_in_another_window,
    shown_messages,
)
from tests.html_forms import rendered_post


@pytest.fixture
def arrange(alice_client, draft):
    """Return a function that posts to the page and refreshes the draft."""

    def post(op, *selected, opened=None, revision=None):
        data = {"op": op, "selected": selected, "revision": revision or draft.revision}
        query = {} if opened is None else {"open": opened}
        answer = alice_client.post(f"/drafts/{draft.pk}/regions/", data, query_params=query)
        draft.refresh_from_db()
        return answer

    return post


def test_several_regions_are_removed_in_one_undo_step(arrange, draft):
    answer = arrange("remove", "0:us-east-1", "2:ap-east-1", opened=1)
    assert answer["Location"] == f"/drafts/{draft.pk}/?open=0#distributions"
    assert shown_messages(answer) == ["Removed us-east-1, ap-east-1."]
    assert codes(draft) == ["eu-west-1"]
    draft.undo(revision=draft.revision)
    assert draft.state == STATE


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        ("sort-code", ["ap-east-1", "eu-west-1", "us-east-1"]),
        ("sort-name", ["ap-east-1", "eu-west-1", "us-east-1"]),
    ],
)
def test_regions_are_sorted_and_stay_open(arrange, draft, op, expected):
    answer = arrange(op, opened=0)
    assert codes(draft) == expected
    assert answer["Location"] == f"/drafts/{draft.pk}/?open=2#distributions"
    assert shown_messages(arrange(op))[-1] == "The Regions are already in this order."
    assert draft.revision == 2


def test_a_removed_region_is_not_open(arrange, draft):
    assert arrange("remove", "1:eu-west-1", opened=1)["Location"].endswith("/#distributions")


@pytest.mark.parametrize("selected", [[], ["9:us-east-1"], ["x"], ["0:eu-west-1"]])
def test_nothing_selected_is_a_problem(arrange, draft, selected):
    answer = arrange("remove", *selected)
    assert answer.status_code == 422
    assert answer.content.decode().count("Select at least one Region.") == 2
    assert draft.revision == 1


def test_a_stale_selection_is_shown_again(arrange, draft):
    save_in_another_window(draft, "us-east-1", "ap-east-1")
    answer = arrange("remove", "0:us-east-1", revision=1)
    assert answer.status_code == 409
    assert boxes(answer).checked == ["0:us-east-1"]
    assert codes(draft) == ["us-east-1", "ap-east-1"]


def test_the_editors_button_saves_and_leads_here(alice_client, draft):
    html = alice_client.get(f"/drafts/{draft.pk}/?open=1").content.decode()
    data = rendered_post(html, "workspace").dict() | {"op": "edit:/distributions", "name": "typed"}
    answer = alice_client.post(f"/drafts/{draft.pk}/", data)
    assert answer["Location"] == f"/drafts/{draft.pk}/regions/?open=1"
    draft.refresh_from_db()
    assert draft.name == "typed"
