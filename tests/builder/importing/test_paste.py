"""A paste over the preview lists what it changed, lets it be undone, and takes one of several."""

from __future__ import annotations

import json
import re

import pytest

from distui.builder.models import Draft
from tests.builder.importing.test_views import SEVERAL, TEMPLATE
from tests.factories import make_draft
from tests.html_forms import rendered_post


@pytest.fixture
def draft(alice):
    return Draft.objects.create(owner=alice, text='{"name": "before", "distributions": []}')


def paste(client, edited, page, text, **fields):
    """Press the button for pasting on the page, with these fields checked."""
    data = rendered_post(page, "workspace")
    for name in ("undo", "draft"):
        data.pop(name, None)
        data.setlist(name, fields.get(name, ()))
    data["document"], data["op"] = text, "paste"
    answer = client.post(f"/drafts/{edited.pk}/", dict(data.lists()))
    edited.refresh_from_db()
    return answer


def opened(client, draft):
    return client.get(f"/drafts/{draft.pk}/").content.decode()


def test_single_changes_of_a_paste_are_undone(alice_client, draft):
    text = TEMPLATE.decode()
    page = paste(alice_client, draft, opened(alice_client, draft), text).content.decode()
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "Draft replaced. Below the preview: 2 changes." in shown
    assert "Line 10 eu-west-1, Parallel launches: Read “7” as a number." in shown
    assert "Line 13 eu-west-1, KMS key: Key.Arn" in shown
    keys = re.findall(r'name="undo" value="([^"]+)"', page)
    again = paste(alice_client, draft, page, text, undo=keys)
    assert len(re.findall(r'name="undo" value="[^"]+" checked', again.content.decode())) == 2
    fast_launch = draft.document["distributions"][0]["fastLaunchConfigurations"]
    assert fast_launch == [
        {"enabled": True, "maxParallelLaunches": "7", "account_id": "012345678901"}
    ]


def test_choices_of_another_text_are_ignored(alice_client, draft):
    text = TEMPLATE.decode()
    page = paste(alice_client, draft, opened(alice_client, draft), text).content.decode()
    keys = re.findall(r'name="undo" value="([^"]+)"', page)
    paste(alice_client, draft, page, text.replace('"7"', '"8"'), undo=keys)
    (fast_launch,) = draft.document["distributions"][0]["fastLaunchConfigurations"]
    assert fast_launch["maxParallelLaunches"] == 8


def test_the_chosen_configuration_replaces_the_draft(alice_client, draft):
    text = SEVERAL.decode()
    refused = paste(alice_client, draft, opened(alice_client, draft), text)
    assert (refused.status_code, draft.name) == (422, "before")
    page = refused.content.decode()
    assert "The document has 2 configurations." in page
    assert paste(alice_client, draft, page, text).status_code == 422
    chosen = paste(alice_client, draft, page, text, draft=["0.1"])
    assert (chosen.status_code, draft.name) == (200, "giant")
    assert re.search(r"Line 2[0-9]", chosen.content.decode())


def test_a_plain_request_leaves_the_box_closed(alice_client, draft):
    text = '{"name": "plain", "distributions": []}'
    answer = paste(alice_client, draft, opened(alice_client, draft), text)
    assert (answer.status_code, draft.name) == (302, "plain")


def press(client, draft, page, op, **fields):
    """Press that button of the page without JavaScript; return the status and the next page."""
    data = rendered_post(page, "workspace").dict() | {"op": op} | fields
    answer = client.post(f"/drafts/{draft.pk}/", data)
    draft.refresh_from_db()
    status, next_page = answer.status_code, answer.content.decode()
    return status, opened(client, draft) if status == 302 else next_page


def box(page):
    """Return the JSON in the box; a browser drops the line break before it."""
    return rendered_post(page, "workspace")["document"].removeprefix("\n").strip()


def test_the_box_has_what_the_draft_says_now(alice_client, draft):
    page = opened(alice_client, draft)
    assert box(page) == ""
    _, page = press(alice_client, draft, page, "json", name="typed")
    assert json.loads(box(page)) == {"name": "typed", "distributions": []}
    _, page = press(alice_client, draft, page, "undo")
    assert json.loads(box(page)) == {"name": "before", "distributions": []}
    _, page = press(alice_client, draft, page, "save", document="{typed")
    assert box(page) == "{typed"
    status, page = press(alice_client, draft, page, "review")
    assert status == 422
    assert "This JSON isn&#x27;t in the draft yet." in page
    _, page = press(alice_client, draft, page, "discard")
    assert box(page) == ""


def test_json_that_needs_a_choice_stays(alice_client, draft):
    _, page = press(alice_client, draft, opened(alice_client, draft), "json")
    _, page = press(alice_client, draft, page, "paste", document=SEVERAL.decode())
    for button in ("save", "review"):
        _, page = press(alice_client, draft, page, button)
        assert box(page).split() == SEVERAL.decode().split()
    assert "This JSON isn&#x27;t in the draft yet." in page


def test_json_replaces_a_row_that_is_empty(alice_client, alice):
    draft = make_draft(alice, {"name": "before", "distributions": [], "tags": [["", ""]]})
    _, page = press(alice_client, draft, opened(alice_client, draft), "json")
    text = json.dumps(json.loads(box(page)) | {"tags": {"Team": "images"}})
    status, page = press(alice_client, draft, page, "paste", document=text)
    assert (status, draft.document.get("tags")) == (302, {"Team": "images"}), page
    assert "Kept what was changed since" not in page


def test_json_keeps_expressions(alice_client, draft):
    paste(alice_client, draft, opened(alice_client, draft), TEMPLATE.decode())
    _, page = press(alice_client, draft, opened(alice_client, draft), "json")
    assert "Key.Arn" not in box(page)
    text = json.dumps(json.loads(box(page)) | {"name": "edited"})
    _, page = press(alice_client, draft, page, "paste", document=text)
    assert (draft.name, "Key.Arn" in draft.text) == ("edited", True)
    assert "Kept what was changed since" not in page


def test_json_is_merged_with_what_was_saved_since(alice_client, draft):
    _, page = press(alice_client, draft, opened(alice_client, draft), "json")
    press(alice_client, draft, opened(alice_client, draft), "save", description="elsewhere")
    text = box(page).replace("before", "edited")
    status, page = press(alice_client, draft, page, "paste", document=text)
    assert (status, draft.name, draft.document["description"]) == (302, "edited", "elsewhere")
    assert "Draft replaced. Kept what was changed since: Description set to elsewhere." in page


def test_json_in_conflict_waits_for_a_choice(alice_client, draft):
    _, page = press(alice_client, draft, opened(alice_client, draft), "json")
    other = {"name": "elsewhere", "description": "d"}
    press(alice_client, draft, opened(alice_client, draft), "save", **other)
    text = box(page).replace("before", "edited")
    status, page = press(alice_client, draft, page, "paste", document=text)
    assert (status, draft.name, box(page)) == (422, "elsewhere", text)
    assert "was changed in the meantime (2 changes: Name, Description)" in page
    [button] = re.findall(r'value="(paste:\d+)"', page)
    press(alice_client, draft, page, button)
    assert (draft.name, draft.document["description"]) == ("edited", "d")
