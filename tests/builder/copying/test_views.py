"""The page that copies a Region or applies a section: valid, stale and hostile posts."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from django.utils.html import escape

from distui.builder.models import Draft
from tests.html_forms import rendered_post

ACCOUNT = "310987654321"
KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
STATE = {
    "name": "golden",
    "distributions": [
        {"region": "us-east-1", "amiDistributionConfiguration": {"name": "own"}},
        {
            "region": "eu-west-1",
            "amiDistributionConfiguration": {"name": "x", "kmsKeyId": KEY},
            "launchTemplateConfigurations": [{"launchTemplateId": "lt-1"}],
        },
        {"region": "ap-east-1"},
    ],
}
SOURCE = "/distributions/1"
AMI = f"{SOURCE}/amiDistributionConfiguration"


@pytest.fixture
def draft(alice):
    return Draft.objects.create(owner=alice, text=json.dumps(STATE))


@pytest.fixture
def url(draft):
    return f"/drafts/{draft.pk}/copy/"


@pytest.fixture
def send(alice_client, draft, url):
    """Return a function that posts a selection and refreshes the draft."""

    def post(*selected, place=SOURCE, revision=None, **more):
        number = draft.revision if revision is None else revision
        data = {"selected": selected, "revision": number, "source": "eu-west-1"} | more
        answer = alice_client.post(url, data, query_params={"from": place})
        draft.refresh_from_db()
        return answer

    return post


class _Boxes(HTMLParser):
    """The values of all checkboxes, of the checked and of the disabled ones."""

    def __init__(self, html):
        super().__init__()
        self.all, self.checked, self.disabled = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "input" and found.get("type") == "checkbox":
            self.all.append(found["value"])
            for name in ("checked", "disabled"):
                if name in found:
                    getattr(self, name).append(found["value"])


def boxes(answer):
    return _Boxes(answer.content.decode())


def codes(draft):
    return [item.get("region", "") for item in draft.state["distributions"]]


def shown_messages(answer):
    return [str(message) for message in answer.wsgi_request._messages]


def test_it_offers_the_regions_of_the_partition(alice_client, url):
    answer = alice_client.get(url, {"from": SOURCE})
    found = boxes(answer)
    assert answer.status_code == 200
    assert len(found.all) == len(set(found.all)) == 34
    assert found.checked == found.disabled
    assert set(found.disabled) == {"us-east-1", "eu-west-1", "ap-east-1"}


def test_each_region_has_one_checkbox_and_dot(alice_client, url):
    html = alice_client.get(url, {"from": SOURCE}).content.decode()
    assert html.count('class="world-dot"') == html.count('class="spot-target"') == 34
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
    assert answer["Location"] == f"/drafts/{draft.pk}/?open=2#distributions-2"
    assert codes(draft) == ["us-east-1", "eu-west-1", "us-west-2", "eu-west-2", "ap-east-1"]
    assert draft.revision == 2
    message, warning = shown_messages(answer)
    assert message == "Copied eu-west-1 to 2 Regions."
    assert warning.startswith("Not adjusted (specific to eu-west-1): KMS key 1234abcd")
    assert warning.endswith("Launch template lt-1.")


def test_one_undo_removes_all_copies(send, draft):
    send("us-west-2", "eu-west-2")
    draft.undo(revision=draft.revision)
    assert draft.state == STATE


def test_the_message_is_shown_once_on_the_card(alice_client, send):
    html = alice_client.get(send("us-west-2")["Location"]).content.decode()
    assert html.count("Copied eu-west-1 to 1 Region.") == 1
    assert html.index('id="distributions-2"') < html.index("Copied eu-west-1")


def test_without_unadjusted_values_there_is_no_warning(send):
    answer = send("us-west-2", place="/distributions/0", source="us-east-1")
    assert shown_messages(answer) == ["Copied us-east-1 to 1 Region."]


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
        (["x" * 10_000, "us-west-2"], f"Unknown Region “{'x' * 60}…”."),
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
    "/distributions",
    "/distributions/9",
    "/distributions/-1",
    "/distributions/٣",
    f"/distributions/{'9' * 5000}",
    f"{SOURCE}/region",
    f"{SOURCE}/containerDistributionConfiguration",
    f"{AMI}/name",
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
    assert shown_messages(answer) == ["Copied Region 1 to 1 Region."]
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
    after = send(op="select:sa-east-1").content.decode()
    assert after.count("autofocus") == 1


def test_selecting_retains_the_base_revision(send, draft):
    Draft.objects.filter(pk=draft.pk).update(revision=7)
    assert 'name="revision" value="1"' in send(op="select:sa-east-1", revision=1).content.decode()


def save_in_another_window(draft, *regions):
    """Save the draft as another window would."""
    items = {item["region"]: item for item in draft.state["distributions"]}
    new = {"name": "golden", "distributions": [items.get(r, {"region": r}) for r in regions]}
    Draft.objects.get(pk=draft.pk).save_state(new, revision=1)


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
        "<code>eu-west-1</code> or this section of it is no longer in this draft"
        in answer.content.decode()
    )


def test_a_concurrent_save_is_detected(send, draft, monkeypatch):
    honest = Draft.save_state

    def late(self, new, *, revision):
        monkeypatch.setattr(Draft, "save_state", honest)
        save_in_another_window(draft, "us-east-1", "eu-west-1")
        honest(self, new, revision=revision)

    monkeypatch.setattr(Draft, "save_state", late)
    answer = send("us-west-2")
    assert answer.status_code == 409
    assert codes(draft) == ["us-east-1", "eu-west-1"]


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 500, "01"])
def test_an_invalid_revision_saves_nothing(send, draft, revision):
    assert send("us-west-2", revision=revision).status_code == 409
    assert draft.revision == 1


def test_a_section_is_applied_and_saved(send, draft):
    answer = send("0:us-east-1", "2:ap-east-1", place=AMI)
    assert answer["Location"] == f"/drafts/{draft.pk}/?open=0#distributions-0"
    items = draft.state["distributions"]
    expected = STATE["distributions"][1]["amiDistributionConfiguration"]
    assert [item["amiDistributionConfiguration"] for item in items] == [expected] * 3
    assert "launchTemplateConfigurations" not in items[0]
    message, warning = shown_messages(answer)
    assert message == "Applied AMI of eu-west-1 to 2 Regions."
    assert "KMS key" in warning
    assert "Launch template" not in warning


def test_a_section_shows_its_effect_on_each_region(alice_client, url):
    answer = alice_client.get(url, {"from": AMI})
    html = answer.content.decode()
    assert boxes(answer).all == ["0:us-east-1", "2:ap-east-1"]
    assert html.index("Will be overwritten") < html.index("Will be added")
    assert 'value="select:0:us-east-1,2:ap-east-1"' in html


def test_all_other_regions_can_be_selected(send):
    answer = send(op="select:0:us-east-1,2:ap-east-1", place=AMI)
    assert boxes(answer).checked == ["0:us-east-1", "2:ap-east-1"]


@pytest.mark.parametrize(
    "value", ["1:eu-west-1", "9:us-west-2", "us-west-2", "0", "", ":", "x:y", "<b>"]
)
def test_an_unknown_region_of_the_draft_is_a_problem(send, draft, value):
    answer = send(value, "0:us-east-1", place=AMI)
    assert answer.status_code == 422
    assert boxes(answer).checked == ["0:us-east-1"]
    assert draft.revision == 1


def test_a_moved_region_stays_selected(send, draft):
    save_in_another_window(draft, "ap-east-1", "us-east-1", "eu-west-1")
    answer = send("0:us-east-1", place=AMI, revision=1)
    assert answer.status_code == 409
    assert boxes(answer).checked == ["1:us-east-1"]
    assert "from=%2Fdistributions%2F2%2FamiDistributionConfiguration" in answer.content.decode()


def test_a_draft_with_one_region_offers_none(alice_client, draft, url):
    one = {"distributions": [STATE["distributions"][1]]}
    Draft.objects.filter(pk=draft.pk).update(text=json.dumps(one))
    html = alice_client.get(url, {"from": "/distributions/0/amiDistributionConfiguration"})
    assert "This draft has no other Regions yet." in html.content.decode()


def editor_post(client, draft):
    """What the editor's form posts, as it was rendered."""
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


def test_only_sections_can_be_applied(alice_client, draft):
    html = alice_client.get(f"/drafts/{draft.pk}/", {"open": 1}).content.decode()
    assert html.count('data-action="copy"') == 3
    assert f'value="apply:{AMI}"' in html
    assert f'value="apply:{SOURCE}/launchTemplateConfigurations"' in html
    assert html.count('data-action="apply"') == 2


def test_only_the_owner_can_use_it(client, charlie_client, bob_client, draft, url):
    assert client.get(url)["Location"].startswith("/accounts/login/")
    for other in (charlie_client, bob_client):
        assert other.get(url, {"from": SOURCE}).status_code == 404
        assert other.post(url, {"selected": "us-west-2"}).status_code == 404
    assert Draft.objects.get().revision == 1


def test_other_methods_and_drafts_are_rejected(alice_client, url):
    assert alice_client.put(url).status_code == 405
    assert alice_client.get("/drafts/999/copy/").status_code == 404
