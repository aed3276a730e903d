"""The pages on which a Region is copied and a section applied: posts good, late and hostile."""

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
    """Posts a choice for the source; the answer, the draft being as it is then."""

    def post(*chosen, place=SOURCE, revision=None, **more):
        number = draft.revision if revision is None else revision
        data = {"chosen": chosen, "revision": number, "source": "eu-west-1"} | more
        answer = alice_client.post(url, data, query_params={"from": place})
        draft.refresh_from_db()
        return answer

    return post


class _Boxes(HTMLParser):
    """The values of check boxes: those that are checked, and those that are disabled."""

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


def told(answer):
    return [str(message) for message in answer.wsgi_request._messages]


def test_the_page_offers_the_partitions_regions_and_marks_those_that_are_there(alice_client, url):
    answer = alice_client.get(url, {"from": SOURCE})
    found = boxes(answer)
    assert answer.status_code == 200
    assert len(found.all) == len(set(found.all)) == 34
    assert found.checked == found.disabled
    assert set(found.disabled) == {"us-east-1", "eu-west-1", "ap-east-1"}


def test_each_region_has_one_box_one_dot_and_its_word(alice_client, url):
    html = alice_client.get(url, {"from": SOURCE}).content.decode()
    assert html.count('class="world-dot"') == html.count('class="spot-target"') == 34
    assert html.count("</svg>opt-in</span>") == 16  # and Hong Kong, which is there
    assert html.count(">copied from</span>") == 1


def test_the_page_tells_what_stays_behind(alice_client, url):
    html = alice_client.get(url, {"from": SOURCE}).content.decode()
    assert "KMS key 1234abcd-12ab-34cd-56ef-1234567890ab exists in one Region only" in html
    assert "Launch template lt-1" in html


def test_a_copy_is_saved_and_opened(send, draft):
    answer = send("us-west-2", "eu-west-2")
    assert answer.status_code == 302
    assert answer["Location"] == f"/drafts/{draft.pk}/?open=2#distributions-2"
    assert codes(draft) == ["us-east-1", "eu-west-1", "us-west-2", "eu-west-2", "ap-east-1"]
    assert draft.revision == 2
    done, left = told(answer)
    assert done == "Copied eu-west-1 to 2 Regions."
    assert left.startswith("These belong to eu-west-1 and are marked in each: KMS key 1234abcd")
    assert left.endswith("Launch template lt-1.")


def test_one_undo_takes_all_copies_back(send, draft):
    send("us-west-2", "eu-west-2")
    draft.undo(revision=draft.revision)
    assert draft.state == STATE


def test_it_is_said_once_on_the_card_where_one_lands(alice_client, send):
    html = alice_client.get(send("us-west-2")["Location"]).content.decode()
    assert html.count("Copied eu-west-1 to 1 Region.") == 1
    assert html.index('id="distributions-2"') < html.index("Copied eu-west-1")


def test_what_leaves_nothing_behind_says_only_that_it_was_done(send):
    answer = send("us-west-2", place="/distributions/0", source="us-east-1")
    assert told(answer) == ["Copied us-east-1 to 1 Region."]


def test_regions_that_are_there_are_skipped(send, draft):
    send("us-east-1", "us-west-2")
    assert codes(draft) == ["us-east-1", "eu-west-1", "us-west-2", "ap-east-1"]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ([], "Choose at least one Region."),
        (["us-east-1"], "Choose at least one Region."),
        (["narnia-1", "us-west-2"], "“narnia-1” is no Region that is known here."),
        (["<script>", "us-west-2"], "“<script>” is no Region that is known here."),
        (["cn-north-1", "us-west-2"], "cn-north-1 lies in partition aws-cn, and eu-west-1 in aws."),
        (["x" * 10_000, "us-west-2"], f"“{'x' * 60}…” is no Region"),
        ([f"x{number}" for number in range(500)], "“x0” is no Region"),
    ],
)
def test_what_cannot_be_chosen_is_said_and_the_rest_is_kept(send, draft, chosen, said):
    answer = send(*chosen)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert draft.revision == 1
    assert html.count(escape(said)) == 2  # in the summary, and at the choice
    assert 'aria-describedby="choice_error"' in html
    kept = set(boxes(answer).checked) - set(boxes(answer).disabled)
    assert kept == ({"us-west-2"} if "us-west-2" in chosen else set())


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
def test_a_place_that_is_not_there_is_said(alice_client, send, draft, url, place):
    read = alice_client.get(url, {"from": place})
    written = send("us-west-2", place=place, source="nowhere-1")
    assert (read.status_code, written.status_code) == (422, 422)
    assert "There is nothing to copy here" in read.content.decode()
    assert "<script>alert" not in read.content.decode()
    assert draft.revision == 1


@pytest.mark.parametrize("text", ["{}", '{"distributions": []}', '{"distributions": [{}]}'])
def test_a_draft_with_next_to_nothing_in_it(alice_client, draft, url, text):
    Draft.objects.filter(pk=draft.pk).update(text=text)
    there = "[{}]" in text
    answer = alice_client.get(url, {"from": "/distributions/0"})
    assert answer.status_code == (200 if there else 422)
    assert alice_client.get(url, {"from": SOURCE}).status_code == 422


def test_a_region_without_a_name_is_copied_by_its_number(alice_client, draft, url):
    Draft.objects.filter(pk=draft.pk).update(text='{"distributions": [{}]}')
    data = {"chosen": ["us-west-2"], "revision": 1, "source": ""}
    answer = alice_client.post(url, data, query_params={"from": "/distributions/0"})
    assert told(answer) == ["Copied Region 1 to 1 Region."]
    draft.refresh_from_db()
    assert codes(draft) == ["", "us-west-2"]


def test_other_partitions_offer_their_own(alice_client, draft, url):
    Draft.objects.filter(pk=draft.pk).update(text='{"distributions": [{"region": "cn-north-1"}]}')
    answer = alice_client.get(url, {"from": "/distributions/0"})
    assert boxes(answer).all == ["cn-north-1", "cn-northwest-1"]


def test_regions_of_the_settings_are_offered_without_a_dot(alice_client, send, settings, url):
    settings.DISTUI_EXTRA_REGIONS = frozenset({"xx-new-1", "eu-west-2"})
    answer = alice_client.get(url, {"from": SOURCE})
    assert boxes(answer).all[-1] == "xx-new-1"
    assert boxes(answer).all.count("eu-west-2") == 1
    assert answer.content.decode().count('class="world-dot"') == 34
    assert send("xx-new-1").status_code == 302


@pytest.mark.parametrize("op", ["choose:us-west-2,sa-east-1,us-east-1,x", "choose:sa-east-1"])
def test_choosing_a_group_saves_nothing_and_keeps_the_rest(send, draft, op):
    answer = send("us-west-2", op=op)
    found = boxes(answer)
    assert answer.status_code == 200
    assert set(found.checked) - set(found.disabled) == {"us-west-2", "sa-east-1"}
    assert draft.revision == 1


def test_a_group_is_chosen_no_more(send):
    answer = send("us-west-2", "sa-east-1", op="clear:sa-east-1,us-west-1")
    assert set(boxes(answer).checked) - set(boxes(answer).disabled) == {"us-west-2"}


def test_the_groups_button_keeps_the_focus(alice_client, send, url):
    html = alice_client.get(url, {"from": SOURCE}).content.decode()
    assert "autofocus" not in html
    assert 'value="choose:sa-east-1"' in html
    after = send(op="choose:sa-east-1").content.decode()
    assert after.count("autofocus") == 1


def test_a_choice_remembers_the_revision_that_it_grew_from(send, draft):
    Draft.objects.filter(pk=draft.pk).update(revision=7)
    assert 'name="revision" value="1"' in send(op="choose:sa-east-1", revision=1).content.decode()


def saved_elsewhere(draft, *regions):
    """The draft as somebody else has saved it meanwhile."""
    items = {item["region"]: item for item in draft.state["distributions"]}
    new = {"name": "golden", "distributions": [items.get(r, {"region": r}) for r in regions]}
    Draft.objects.get(pk=draft.pk).save_state(new, revision=1)


def test_a_late_post_changes_nothing_and_keeps_the_choice(send, draft):
    saved_elsewhere(draft, "us-east-1", "eu-west-1", "us-west-2")
    answer = send("us-west-2", "sa-east-1", revision=1)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "This draft was saved elsewhere at" in html
    assert set(boxes(answer).checked) - set(boxes(answer).disabled) == {"sa-east-1"}
    assert 'name="revision" value="2"' in html
    assert codes(draft) == ["us-east-1", "eu-west-1", "us-west-2"]
    assert send("sa-east-1", revision=2).status_code == 302


def test_a_second_click_finds_nothing_left_to_do(send, draft):
    assert send("us-west-2").status_code == 302
    answer = send("us-west-2", revision=1)
    assert answer.status_code == 409
    assert "Of what you chose nothing is left to do." in answer.content.decode()
    assert codes(draft).count("us-west-2") == 1


def test_a_source_that_was_moved_meanwhile_is_found_again(send, draft):
    saved_elsewhere(draft, "eu-west-1", "us-east-1")
    html = send("sa-east-1", revision=1).content.decode()
    assert "Copy <code>eu-west-1</code> to Regions" in html
    assert "from=%2Fdistributions%2F0" in html


def test_a_source_that_is_gone_is_said(send, draft):
    saved_elsewhere(draft, "us-east-1", "sa-east-1")
    answer = send("us-west-2", revision=1)
    assert answer.status_code == 422
    assert "<code>eu-west-1</code> is no longer in this draft" in answer.content.decode()


def test_a_save_between_reading_and_writing_is_noticed(send, draft, monkeypatch):
    honest = Draft.save_state

    def late(self, new, *, revision):
        monkeypatch.setattr(Draft, "save_state", honest)
        saved_elsewhere(draft, "us-east-1", "eu-west-1")
        honest(self, new, revision=revision)

    monkeypatch.setattr(Draft, "save_state", late)
    answer = send("us-west-2")
    assert answer.status_code == 409
    assert codes(draft) == ["us-east-1", "eu-west-1"]


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 500, "01"])
def test_a_revision_that_is_none_saves_nothing(send, draft, revision):
    assert send("us-west-2", revision=revision).status_code == 409
    assert draft.revision == 1


def test_a_section_is_applied_and_the_first_region_opened(send, draft):
    answer = send("0:us-east-1", "2:ap-east-1", place=AMI)
    assert answer["Location"] == f"/drafts/{draft.pk}/?open=0#distributions-0"
    items = draft.state["distributions"]
    expected = STATE["distributions"][1]["amiDistributionConfiguration"]
    assert [item["amiDistributionConfiguration"] for item in items] == [expected] * 3
    assert "launchTemplateConfigurations" not in items[0]
    done, left = told(answer)
    assert done == "AMI of eu-west-1 applied to 2 Regions."
    assert "KMS key" in left
    assert "Launch template" not in left


def test_the_page_of_a_section_says_what_it_does_to_each(alice_client, url):
    answer = alice_client.get(url, {"from": AMI})
    html = answer.content.decode()
    assert boxes(answer).all == ["0:us-east-1", "2:ap-east-1"]
    assert html.index("Its own is replaced") < html.index("Has none yet")
    assert 'value="choose:0:us-east-1,2:ap-east-1"' in html


def test_all_other_regions_are_chosen_at_once(send):
    answer = send(op="choose:0:us-east-1,2:ap-east-1", place=AMI)
    assert boxes(answer).checked == ["0:us-east-1", "2:ap-east-1"]


@pytest.mark.parametrize(
    "value", ["1:eu-west-1", "9:us-west-2", "us-west-2", "0", "", ":", "x:y", "<b>"]
)
def test_a_card_that_is_not_there_gets_nothing(send, draft, value):
    answer = send(value, "0:us-east-1", place=AMI)
    assert answer.status_code == 422
    assert boxes(answer).checked == ["0:us-east-1"]
    assert draft.revision == 1


def test_a_card_that_was_moved_meanwhile_stays_chosen(send, draft):
    saved_elsewhere(draft, "ap-east-1", "us-east-1", "eu-west-1")
    answer = send("0:us-east-1", place=AMI, revision=1)
    assert answer.status_code == 409
    assert boxes(answer).checked == ["1:us-east-1"]
    assert "from=%2Fdistributions%2F2%2FamiDistributionConfiguration" in answer.content.decode()


def test_a_draft_of_one_region_has_nowhere_to_apply_to(alice_client, draft, url):
    one = {"distributions": [STATE["distributions"][1]]}
    Draft.objects.filter(pk=draft.pk).update(text=json.dumps(one))
    html = alice_client.get(url, {"from": "/distributions/0/amiDistributionConfiguration"})
    assert "This draft has no other Region yet." in html.content.decode()


def editor_post(client, draft):
    """What the editor's form posts, as it was rendered."""
    html = client.get(f"/drafts/{draft.pk}/").content.decode()
    return rendered_post(html, "workspace").dict()


def test_the_editors_buttons_save_what_was_typed_and_lead_here(alice_client, draft):
    for verb, place in (("copy", SOURCE), ("apply", AMI)):
        data = editor_post(alice_client, draft) | {"op": f"{verb}:{place}", "name": f"typed-{verb}"}
        answer = alice_client.post(f"/drafts/{draft.pk}/", data)
        draft.refresh_from_db()
        assert draft.name == f"typed-{verb}"
        assert answer["Location"] == f"/drafts/{draft.pk}/copy/?from={place.replace('/', '%2F')}"


def test_htmx_is_sent_here_too(alice_client, draft):
    data = editor_post(alice_client, draft) | {"op": f"copy:{SOURCE}", "name": "typed"}
    answer = alice_client.post(f"/drafts/{draft.pk}/", data, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith(f"/drafts/{draft.pk}/copy/?from=")


def test_sections_alone_can_be_applied(alice_client, draft):
    html = alice_client.get(f"/drafts/{draft.pk}/", {"open": 1}).content.decode()
    assert html.count('data-action="copy"') == 3
    assert f'value="apply:{AMI}"' in html
    assert f'value="apply:{SOURCE}/launchTemplateConfigurations"' in html
    assert html.count('data-action="apply"') == 2


def test_it_asks_who_one_is(client, charlie_client, bob_client, draft, url):
    assert client.get(url)["Location"].startswith("/accounts/login/")
    for other in (charlie_client, bob_client):
        assert other.get(url, {"from": SOURCE}).status_code == 404
        assert other.post(url, {"chosen": "us-west-2"}).status_code == 404
    assert Draft.objects.get().revision == 1


def test_other_methods_and_drafts_are_refused(alice_client, url):
    assert alice_client.put(url).status_code == 405
    assert alice_client.get("/drafts/999/copy/").status_code == 404
