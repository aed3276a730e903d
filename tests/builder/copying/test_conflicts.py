"""Copying while another window saves: stale posts, moved and removed sources."""

from __future__ import annotations

import pytest

from distui.builder.models import Draft
from tests.builder.copying.copy_page import (
    boxes,
    codes,
    save_in_another_window,
)


def test_a_stale_post_retains_the_selection(send, draft):
    save_in_another_window(draft, "us-east-1", "eu-west-1", "us-west-2")
    answer = send("us-west-2", "sa-east-1", revision=1)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Edited in another window at" in html
    assert set(boxes(answer).checked) - set(boxes(answer).disabled) == {"sa-east-1"}
    assert 'name="revision" value="2"' in html
    assert codes(draft) == ["us-east-1", "eu-west-1", "us-west-2"]
    assert send("sa-east-1", revision=2).status_code == 302


def test_a_double_click_copies_once(send, draft):
    assert send("us-west-2").status_code == 302
    answer = send("us-west-2", revision=1)
    assert answer.status_code == 409
    assert "Your selection no longer applies." in answer.content.decode()
    assert codes(draft).count("us-west-2") == 1


def test_a_moved_source_is_found(send, draft):
    save_in_another_window(draft, "eu-west-1", "us-east-1")
    html = send("sa-east-1", revision=1).content.decode()
    assert "Copy <code>eu-west-1</code> to Regions" in html
    assert "from=%2Fdistributions%2F0" in html


def test_a_removed_source_is_reported(send, draft):
    save_in_another_window(draft, "us-east-1", "sa-east-1")
    answer = send("us-west-2", revision=1)
    assert answer.status_code == 422
    assert (
        "<code>eu-west-1</code> or this section is no longer in this draft"
        in answer.content.decode()
    )


def test_a_concurrent_save_is_detected(send, draft, monkeypatch):
    honest = Draft.save_state

    def late(self, new, **options):
        monkeypatch.setattr(Draft, "save_state", honest)
        save_in_another_window(draft, "us-east-1", "eu-west-1")
        honest(self, new, **options)

    monkeypatch.setattr(Draft, "save_state", late)
    answer = send("us-west-2")
    assert answer.status_code == 409
    assert codes(draft) == ["us-east-1", "eu-west-1"]


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 500, "01"])
def test_an_invalid_revision_saves_nothing(send, draft, revision):
    assert send("us-west-2", revision=revision).status_code == 409
    assert draft.revision == 1
