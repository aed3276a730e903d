"""Posts of the editor: honest ones are saved, contradictory ones shown again with all of it."""

from __future__ import annotations

import pytest

from distui.builder.models import Draft
from tests.html_forms import rendered_post

STATE = (
    '{"name": "golden", "tags": {"Team": "platform"}, "distributions": ['
    '{"region": "eu-west-1", "launchTemplateConfigurations": [{"accountId": "001234567012"}, {}]},'
    ' {"region": "us-east-1"}]}'
)
LIST = "distributions-0-launchTemplateConfigurations"


@pytest.fixture
def draft(alice):
    return Draft.objects.create(owner=alice, text=STATE)


@pytest.fixture
def post(alice_client, draft):
    """Posts what the page renders, changed; the answer and the draft as it is then."""

    def send(op="save", without=(), **changes):
        url = f"/drafts/{draft.pk}/"
        page = alice_client.get(url, {"open": 0})
        data = rendered_post(page.content.decode(), "workspace")
        for name in without:
            data.pop(name)
        for name, value in changes.items():
            data[name.replace("__", "-")] = value
        data["op"] = op
        answer = alice_client.post(
            url, data.urlencode(), content_type="application/x-www-form-urlencoded"
        )
        draft.refresh_from_db()
        return answer

    return send


@pytest.mark.parametrize(
    "counter",
    ["-1", "0", "3", "1000000000", "9" * 23, "abc", "1.5", "", "0x10", "1e3", "NaN", "٣", " 2 "],
)
def test_a_counter_that_contradicts_the_rows_drops_and_saves_nothing(post, draft, counter):
    before = draft.text
    answer = post(**{f"{LIST}-TOTAL_FORMS": counter, "name": "typed-meanwhile"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert draft.text == before
    assert "Nothing was saved" in page
    assert 'value="001234567012"' in page
    assert 'value="typed-meanwhile"' in page


def test_a_missing_management_form_is_said_and_keeps_the_rows(post, draft):
    answer = post(without=[f"{LIST}-TOTAL_FORMS"])
    assert answer.status_code == 422
    assert 'value="001234567012"' in answer.content.decode()


def test_the_initial_count_is_not_asked(post, draft):
    assert post("close", **{f"{LIST}-INITIAL_FORMS": "1000000000"}).status_code == 302


def test_a_huge_outer_counter_is_refused_at_once(post, draft):
    assert post(**{"distributions-TOTAL_FORMS": "1000000000"}).status_code == 422


def test_rows_with_holes_keep_their_order(post, draft):
    names = ["launchTemplateId", "accountId", "setDefaultVersion"]
    without = [f"{LIST}-1-{name}" for name in names]
    post("close", without, **{f"{LIST}-7-accountId": "7"})
    rows = draft.document["distributions"][0]["launchTemplateConfigurations"]
    assert rows == [{"accountId": "001234567012"}, {"accountId": "7"}]


def test_a_field_sent_twice_is_not_guessed(alice_client, draft):
    page = alice_client.get(f"/drafts/{draft.pk}/").content.decode()
    data = rendered_post(page, "workspace")
    data.appendlist("name", "another")
    answer = alice_client.post(
        f"/drafts/{draft.pk}/", data.urlencode(), content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 422
    assert "sent more than once" in answer.content.decode()


def test_regions_that_were_not_open_stay_as_they_are(post, draft):
    post(name="other")
    assert draft.document["distributions"][1] == {"region": "us-east-1"}
    assert draft.name == "other"


@pytest.mark.parametrize("stray", ["distributions-1-DELETE", "distributions-1-regional"])
def test_a_field_that_no_form_has_makes_no_row(post, draft, stray):
    answer = post(**{stray: "on", f"{LIST}-7-ORDER": "1", "name": "typed"})
    assert "Nothing was saved" not in answer.content.decode()
    assert draft.state == Draft(text=STATE).state | {"name": "typed"}


def test_a_save_that_leaves_errors_is_kept_and_told(post, draft):
    answer = post(name="x")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert draft.name == "x"
    assert "There is a problem" in page
    assert 'data-error-for="/name"' in page
    assert 'aria-invalid="true"' in page


def test_what_was_only_not_reached_yet_is_not_told_before_a_save(alice_client, draft):
    page = alice_client.get(f"/drafts/{draft.pk}/", {"open": 0}).content.decode()
    missing = f'data-error-for="/distributions/0/{LIST.rpartition("-")[2]}/1/launchTemplateId"'
    assert missing not in page
    strict = alice_client.get(f"/drafts/{draft.pk}/", {"open": 0, "check": 1}).content.decode()
    assert missing in strict


@pytest.mark.parametrize(
    ("name", "value", "pointer"),
    [
        ("distributions-0-region", "EU-WEST-1", "/distributions/0/region"),
        ("distributions-0-region", "us-east-1", "/distributions/1/region"),
        ("distributions-0-region", "169.254.169.254", "/distributions/0/region"),
        ("tags-0-key", "aws:x", "/tags/aws:x"),
        (f"{LIST}-0-accountId", "١٢٣٤٥٦٧٨٩٠١٢", f"/{LIST}/0/accountId".replace("-", "/")),
        (f"{LIST}-0-setDefaultVersion", "off", f"/{LIST}/0/setDefaultVersion".replace("-", "/")),
        ("name", "abc\u200bdef", "/name"),
        ("description", "bell\x07", "/description"),
    ],
)
def test_a_wrong_value_is_kept_and_told_where_it_stands(post, draft, name, value, pointer):
    answer = post(**{name: value})
    assert answer.status_code == 422
    found = [f.pointer for f in draft.analyze().findings.all if f.severity == "error"]
    assert pointer in found


def test_two_rows_with_one_key_are_both_kept(post, draft):
    post("add:/tags")
    answer = post(**{"tags-1-key": "Team", "tags-1-value": "other"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "in 2 rows" in page
    assert 'value="other"' in page


@pytest.mark.parametrize(
    "op", ["explode", "remove:/distributions/9", "add:/", "edit:", ":", "x" * 9]
)
def test_a_button_that_is_not_there_saves_nothing_and_is_no_error_page(post, draft, op):
    assert post(op).status_code in (302, 422)


def test_members_that_the_server_owns_are_not_taken_from_a_post(post, draft):
    token = draft.client_token
    post(clientToken="mine", client_token="mine", owner="2", dryRun="true")
    assert draft.client_token == token
    assert set(draft.request()) == {"name", "distributions", "tags", "clientToken"}


def test_an_edit_opens_what_was_added_and_stays_with_what_was_open(post, draft):
    assert post("add:/distributions")["Location"].endswith("?open=2#distributions-2")
    assert post("move-down:/distributions/0")["Location"].endswith("?open=1#distributions-1")
    assert "open=" not in post("remove:/distributions/0")["Location"]


@pytest.fixture
def swapped(alice_client, draft):
    """Presses a button of the page as htmx would, and returns what comes back."""

    def press(op, opened=0):
        page = alice_client.get(f"/drafts/{draft.pk}/", {"open": opened}).content.decode()
        data = rendered_post(page, "workspace")
        data["op"] = op
        answer = alice_client.post(
            f"/drafts/{draft.pk}/",
            data.urlencode(),
            content_type="application/x-www-form-urlencoded",
            headers={"HX-Request": "true"},
        )
        assert answer.status_code == 200
        assert "<html" not in answer.content.decode()
        return answer

    return press


def test_with_htmx_the_workspace_comes_back_where_regions_change_their_places(swapped):
    answer = swapped("remove:/distributions/0")
    page = answer.content.decode().strip()
    assert page.startswith("<title>")
    assert 'id="workspace"' in page


@pytest.mark.parametrize(
    ("op", "drawn", "not_drawn"),
    [
        ("add:/distributions", ["distributions-0", "distributions-2"], ["distributions-1"]),
        ("edit:/distributions/1", ["distributions-0", "distributions-1"], ["general"]),
        ("include:/distributions/0/s3ExportConfiguration", ["distributions-0"], ["general"]),
        ("add:/tags", ["general"], ["distributions-0", "distributions-1"]),
    ],
)
def test_with_htmx_only_what_changes_is_drawn_anew(swapped, op, drawn, not_drawn):
    answer = swapped(op)
    page = answer.content.decode()
    assert answer["HX-Reswap"] == "none"
    for html_id in drawn:
        assert f'id="{html_id}"' in page
    for html_id in not_drawn:
        assert f'id="{html_id}"' not in page
