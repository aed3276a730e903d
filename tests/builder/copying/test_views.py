"""The page that copies a Region or applies a section: valid, stale and hostile posts."""

from __future__ import annotations

import re

import pytest
from django.utils.html import escape

from distui.builder.models import Draft
from tests.builder.copying.copy_page import (
    AMI,
    SOURCE,
    STATE,
    boxes,
    codes,
    shown_messages,
)
from tests.html_forms import rendered_post


def test_it_offers_the_regions_of_the_partition(alice_client, url):
    answer = alice_client.get(url, {"from": SOURCE})
    found = boxes(answer)
    assert answer.status_code == 200
    assert len(found.all) == len(set(found.all)) == 34
    assert found.checked == found.disabled
    assert set(found.disabled) == {"us-east-1", "eu-west-1", "ap-east-1"}


def test_each_region_has_one_checkbox_and_dot(alice_client, url):
    html = alice_client.get(url, {"from": SOURCE}).content.decode()
    assert html.count('class="world-dot"') == html.count('class="map-dot-target"') == 34
    assert html.count("</svg>opt-in</span>") == 16  # and Hong Kong, which is in the draft
    assert html.count(">copied from</span>") == 1


def test_it_lists_region_specific_resources(alice_client, url):
    html = alice_client.get(url, {"from": SOURCE}).content.decode()
    assert "Region-specific resources" in html
    assert "KMS key 1234abcd-12ab-34cd-56ef-1234567890ab exists in one Region only" in html
    assert "Launch template lt-1" in html


def test_a_copy_is_saved_and_opened(send, draft):
    answer = send("us-west-2", "eu-west-2")
    assert answer.status_code == 302
    assert answer["Location"] == f"/drafts/{draft.pk}/#distributions-1"
    assert codes(draft) == ["us-east-1", "eu-west-1", "us-west-2", "eu-west-2", "ap-east-1"]
    assert draft.revision == 2
    [message] = shown_messages(answer)
    assert message.startswith(
        "Copied eu-west-1 to us-west-2, eu-west-2. Not adjusted (specific to eu-west-1): KMS key"
    )
    assert message.endswith("Launch template lt-1.")


def test_one_undo_removes_all_copies(send, draft):
    send("us-west-2", "eu-west-2")
    draft.undo(revision=draft.revision)
    assert draft.state == STATE


def test_the_open_region_stays_open(alice_client, draft, url):
    data = {"selected": ["us-west-2", "eu-west-2"], "revision": 1, "source": "eu-west-1"}
    query = {"from": SOURCE, "open": 2}
    cancel = alice_client.get(url, query).content.decode()
    assert f'href="/drafts/{draft.pk}/?open=2#distributions-1"' in cancel
    answer = alice_client.post(url, data, query_params=query)
    assert answer["Location"] == f"/drafts/{draft.pk}/?open=4#distributions-1"
    html = alice_client.get(answer["Location"]).content.decode()
    assert html.count("Copied eu-west-1 to us-west-2, eu-west-2.") == 1


def test_regions_are_added_from_the_map(alice_client, send, draft, url):
    html = alice_client.get(url, {"from": "/distributions"}).content.decode()
    assert "<h1>Add Regions</h1>" in html
    assert "copied from" not in html
    answer = send("sa-east-1", "us-east-1", "eu-west-2", place="/distributions", op="add")
    assert answer["Location"] == f"/drafts/{draft.pk}/#distributions-3"
    assert draft.state["distributions"][3:] == [{"region": "sa-east-1"}, {"region": "eu-west-2"}]
    assert shown_messages(answer) == ["Added sa-east-1, eu-west-2."]
    draft.undo(revision=draft.revision)
    assert draft.state == STATE


def test_a_message_names_eight_regions(send):
    codes = "us-west-1 us-west-2 ca-central-1 eu-west-2 eu-west-3 eu-north-1 sa-east-1 ap-east-2"
    [message] = shown_messages(send(*codes.split(), "ap-south-1", place="/distributions"))
    assert message.count(",") == 7
    assert message.endswith(" and 1 more.")


def test_without_unadjusted_values_there_is_no_warning(send):
    answer = send("us-west-2", place="/distributions/0", source="us-east-1")
    assert shown_messages(answer) == ["Copied us-east-1 to us-west-2."]


def test_existing_regions_are_skipped(send, draft):
    send("us-east-1", "us-west-2")
    assert codes(draft) == ["us-east-1", "eu-west-1", "us-west-2", "ap-east-1"]


@pytest.mark.parametrize(
    ("selected", "problem"),
    [
        ([], "Select at least one Region."),
        (["us-east-1"], "Select at least one Region."),
        (["narnia-1", "us-west-2"], "Unknown Region “narnia-1”."),
        (["<script>", "us-west-2"], "Unknown Region “<script>”."),
        (["cn-north-1", "us-west-2"], "cn-north-1 is in partition aws-cn; eu-west-1 is in aws."),
        (["x" * 10_000, "us-west-2"], f"Unknown Region “{'x' * 128}…{'x' * 128}”."),
        ([f"x{number}" for number in range(500)], "Unknown Region “x0”."),
    ],
)
def test_problems_are_shown_and_the_selection_retained(send, draft, selected, problem):
    answer = send(*selected)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert draft.revision == 1
    assert html.count(escape(problem)) == 2  # in the summary, and at the checkboxes
    assert 'aria-describedby="choice_error"' in html
    checked = set(boxes(answer).checked) - set(boxes(answer).disabled)
    assert checked == ({"us-west-2"} if "us-west-2" in selected else set())


HOSTILE = [
    "",
    "/",
    "x",
    "distributions/1",
    "/name",
    "/distributions/9",
    "/distributions/-1",
    "/distributions/٣",
    f"/distributions/{'9' * 5000}",
    f"{SOURCE}/region",
    f"{SOURCE}/containerDistributionConfiguration",
    f"{AMI}/name/0",
    "/distributions/1/~",
    "https://example.com/",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("place", HOSTILE)
def test_an_invalid_pointer_is_reported(alice_client, send, draft, url, place):
    read = alice_client.get(url, {"from": place})
    written = send("us-west-2", place=place, source="nowhere-1")
    assert (read.status_code, written.status_code) == (422, 422)
    assert "<h1>Nothing to copy</h1>" in read.content.decode()
    assert "<script>alert" not in read.content.decode()
    assert draft.revision == 1


@pytest.mark.parametrize("text", ["{}", '{"distributions": []}', '{"distributions": [{}]}'])
def test_it_handles_nearly_empty_drafts(alice_client, draft, url, text):
    Draft.objects.filter(pk=draft.pk).update(text=text)
    has_region = "[{}]" in text
    answer = alice_client.get(url, {"from": "/distributions/0"})
    assert answer.status_code == (200 if has_region else 422)
    assert alice_client.get(url, {"from": SOURCE}).status_code == 422


def test_a_region_without_code_is_named_by_number(alice_client, draft, url):
    Draft.objects.filter(pk=draft.pk).update(text='{"distributions": [{}]}')
    data = {"selected": ["us-west-2"], "revision": 1, "source": ""}
    answer = alice_client.post(url, data, query_params={"from": "/distributions/0"})
    assert shown_messages(answer) == ["Copied Region 1 to us-west-2."]
    draft.refresh_from_db()
    assert codes(draft) == ["", "us-west-2"]


def test_other_partitions_offer_their_own_regions(alice_client, draft, url):
    Draft.objects.filter(pk=draft.pk).update(text='{"distributions": [{"region": "cn-north-1"}]}')
    answer = alice_client.get(url, {"from": "/distributions/0"})
    assert boxes(answer).all == ["cn-north-1", "cn-northwest-1"]


def test_extra_regions_have_no_dot(alice_client, send, settings, url):
    settings.DISTUI_EXTRA_REGIONS = frozenset({"xx-new-1", "eu-west-2"})
    answer = alice_client.get(url, {"from": SOURCE})
    assert boxes(answer).all[-1] == "xx-new-1"
    assert boxes(answer).all.count("eu-west-2") == 1
    assert answer.content.decode().count('class="world-dot"') == 34
    assert send("xx-new-1").status_code == 302


@pytest.mark.parametrize("op", ["select:us-west-2,sa-east-1,us-east-1,x", "select:sa-east-1"])
def test_selecting_a_group_extends_the_selection(send, draft, op):
    answer = send("us-west-2", op=op)
    found = boxes(answer)
    assert answer.status_code == 200
    assert set(found.checked) - set(found.disabled) == {"us-west-2", "sa-east-1"}
    assert draft.revision == 1


def test_a_group_can_be_deselected(send):
    answer = send("us-west-2", "sa-east-1", op="clear:sa-east-1,us-west-1")
    assert set(boxes(answer).checked) - set(boxes(answer).disabled) == {"us-west-2"}


def test_the_pressed_group_button_keeps_the_focus(alice_client, send, url):
    html = alice_client.get(url, {"from": SOURCE}).content.decode()
    assert "autofocus" not in html
    assert 'value="select:sa-east-1"' in html
    enabled = re.search(r'value="select:([^"]+)" aria-label="Enabled by default', html)[1]
    assert "sa-east-1" in enabled
    assert "af-south-1" not in enabled
    after = send(op="select:sa-east-1").content.decode()
    assert after.count("autofocus") == 1


def test_selecting_retains_the_base_revision(send, draft):
    Draft.objects.filter(pk=draft.pk).update(revision=7)
    assert 'name="revision" value="1"' in send(op="select:sa-east-1", revision=1).content.decode()


def editor_post(client, draft):
    """Return the fields that the editor's form posts as it was rendered."""
    html = client.get(f"/drafts/{draft.pk}/").content.decode()
    return rendered_post(html, "workspace").dict()


def test_the_editors_buttons_save_and_redirect_here(alice_client, draft):
    for verb, place in (("copy", SOURCE), ("apply", AMI)):
        data = editor_post(alice_client, draft) | {"op": f"{verb}:{place}", "name": f"typed-{verb}"}
        answer = alice_client.post(f"/drafts/{draft.pk}/", data)
        draft.refresh_from_db()
        assert draft.name == f"typed-{verb}"
        assert answer["Location"] == f"/drafts/{draft.pk}/copy/?from={place.replace('/', '%2F')}"


def test_htmx_is_redirected_here(alice_client, draft):
    data = editor_post(alice_client, draft) | {"op": f"copy:{SOURCE}", "name": "typed"}
    answer = alice_client.post(f"/drafts/{draft.pk}/", data, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith(f"/drafts/{draft.pk}/copy/?from=")


def test_only_the_owner_can_use_it(client, charlie_client, bob_client, draft, url):
    assert client.get(url)["Location"].startswith("/accounts/login/")
    for other in (charlie_client, bob_client):
        assert other.get(url, {"from": SOURCE}).status_code == 404
        assert other.post(url, {"selected": "us-west-2"}).status_code == 404
    assert Draft.objects.get().revision == 1


def test_other_methods_and_drafts_are_rejected(alice_client, url):
    assert alice_client.put(url).status_code == 405
    assert alice_client.get("/drafts/999/copy/").status_code == 404
