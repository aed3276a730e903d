"""Posts of the editor: honest ones are saved, contradictory ones shown again with all of it."""

from __future__ import annotations

import json

import pytest

from tests.factories import make_draft
from tests.html_forms import rendered_post

A = "001234567012"
STATE = {
    "name": "golden",
    "tags": {"Team": "platform"},
    "distributions": [
        {
            "region": "eu-west-1",
            "launchTemplateConfigurations": [{"accountId": "001234567012"}, {}],
        },
        {"region": "us-east-1"},
    ],
}
LIST = "distributions-0-launchTemplateConfigurations"


@pytest.fixture
def draft(alice):
    return make_draft(alice, STATE)


@pytest.fixture
def post(alice_client, draft):
    """Return a function that posts the rendered fields, changed, and returns response and draft."""

    def send(op="save", without=(), htmx=False, **changes):
        url = f"/drafts/{draft.pk}/"
        page = alice_client.get(url, {"open": 0})
        data = rendered_post(page.content.decode(), "workspace")
        for name in without:
            data.pop(name)
        for name, value in changes.items():
            data[name.replace("__", "-")] = value
        data["op"] = op
        answer = alice_client.post(
            url,
            data.urlencode(),
            content_type="application/x-www-form-urlencoded",
            headers={"HX-Request": "true"} if htmx else {},
        )
        draft.refresh_from_db()
        return answer

    return send


@pytest.mark.parametrize(
    "counter",
    ["-1", "0", "3", "1000000000", "9" * 23, "abc", "1.5", "", "0x10", "1e3", "NaN", "٣", " 2 "],
)
def test_a_wrong_row_count_saves_nothing(post, draft, counter):
    before = draft.text
    answer = post(**{f"{LIST}-TOTAL_FORMS": counter, "name": "typed-meanwhile"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert draft.text == before
    assert "Nothing was saved" in page
    assert 'value="001234567012"' in page
    assert 'value="typed-meanwhile"' in page


def test_a_missing_row_count_is_reported_without_losing_rows(post, draft):
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
    assert draft.state == STATE | {"name": "typed"}


def test_a_save_with_errors_is_stored_and_reported(post, draft):
    answer = post(name="x")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert draft.name == "x"
    assert "There is a problem" in page
    assert 'data-error-for="/name"' in page
    assert 'aria-invalid="true"' in page


def test_only_an_error_makes_a_tag_row_invalid(alice, alice_client):
    """A reload and the editor's script agree."""
    for tags, invalid in (({"env": "", "Env": ""}, 0), ({"aws:x": ""}, 2)):
        draft = make_draft(alice, STATE | {"tags": tags})
        page = alice_client.get(f"/drafts/{draft.pk}/").content.decode()
        assert "finding-" in page.partition('id="tags-0"')[2]
        assert page.count('aria-invalid="true"') == invalid


def test_missing_values_are_not_reported_before_a_save(alice_client, draft):
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
def test_a_wrong_value_is_retained_and_reported(post, draft, name, value, pointer):
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
def test_an_unknown_button_saves_nothing(post, draft, op):
    assert post(op).status_code in (302, 422)


def test_posted_server_owned_members_are_ignored(post, draft):
    token = draft.client_token
    post(clientToken="mine", client_token="mine", owner="2", dryRun="true")
    assert draft.client_token == token
    assert set(draft.request()) == {"name", "distributions", "tags", "clientToken"}


def test_an_edit_opens_the_added_item_or_stays(post, draft):
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


def test_with_htmx_moved_regions_return_the_workspace(swapped):
    answer = swapped("remove:/distributions/0")
    page = answer.content.decode().strip()
    assert page.startswith("<title>")
    assert 'id="workspace"' in page


@pytest.mark.parametrize(
    ("op", "rendered", "not_rendered"),
    [
        ("add:/distributions", ["distributions-0", "distributions-2"], ["distributions-1"]),
        ("edit:/distributions/1", ["distributions-0", "distributions-1"], ["general"]),
        ("include:/distributions/0/s3ExportConfiguration", ["distributions-0"], ["general"]),
        ("add:/tags", ["general"], ["distributions-0", "distributions-1"]),
    ],
)
def test_with_htmx_only_changes_are_rendered(swapped, op, rendered, not_rendered):
    answer = swapped(op)
    page = answer.content.decode()
    assert answer["HX-Reswap"] == "none"
    for html_id in rendered:
        assert f'id="{html_id}"' in page
    for html_id in not_rendered:
        assert f'id="{html_id}"' not in page


@pytest.mark.parametrize("verb", ["duplicate", "remove"])
def test_headers_stay_small(verb, alice, alice_client):
    state = {"name": "a", "distributions": [{"region": "東" * 5_000}]}
    url = f"/drafts/{make_draft(alice, state).pk}/"
    data = rendered_post(alice_client.get(url, {"open": 0}).content.decode(), "workspace")
    data["op"] = f"{verb}:/distributions/0"
    kind = "application/x-www-form-urlencoded"
    response = alice_client.post(url, data.urlencode(), kind, headers={"HX-Request": "true"})
    assert "東東東" in json.loads(response["HX-Trigger"])["announce"]["value"]
    assert sum(map(len, response.headers.values())) < 4_000


@pytest.mark.parametrize("verb", ["copy", "apply"])
def test_it_copies_only_regions_and_sections(post, verb):
    assert post(f"{verb}:/distributions/1").status_code == 302
    for place in ("", "/", "/name", "//evil.example", "/distributions/1/" + "x" * 5_000):
        assert post(f"{verb}:{place}").status_code == 422


def test_a_message_has_an_undo_button_without_javascript(post, alice_client, draft):
    answer = alice_client.get(post(op="remove:/distributions/1")["Location"])
    message = answer.content.decode().split('<div class="message', 2)[1].split("</div>")[0]
    assert "us-east-1 removed." in message
    assert 'form="workspace" name="op" value="undo">Undo</button>' in message
    post(op="undo")
    assert len(draft.document["distributions"]) == 2


def test_an_action_that_changed_nothing_has_no_undo_button(post, alice_client):
    html = alice_client.get(post(op="undo")["Location"]).content.decode()
    assert "Nothing to undo." in html
    assert 'form="workspace"' not in html


@pytest.mark.parametrize("op", ["autosave", "edit:/distributions/1"])
def test_a_page_that_missed_an_answer_gets_all(post, op):
    whole = 'id="workspace"'
    assert whole in post(op, htmx=True, redraw="1").content.decode()
    assert whole not in post("autosave", htmx=True, name="changed").content.decode()
