"""Tidy up and Insert group as buttons of the editor: saved, announced, and harmless when forged."""

from __future__ import annotations

import json
import re

import pytest

from distui.builder.groups.models import NamedGroup
from tests.factories import make_draft
from tests.html_forms import rendered_post

AMI = "/distributions/0/amiDistributionConfiguration"
COPIES, SHARED = f"{AMI}/targetAccountIds", f"{AMI}/launchPermission/userIds"
CONTROL = COPIES[1:].replace("/", "-")
A, B, C = "072964183051", "735018462939", "418273950164"


@pytest.fixture
def draft(alice):
    ami = {"targetAccountIds": [A], "launchPermission": {}}
    state = {"distributions": [{"region": "eu-west-1", "amiDistributionConfiguration": ami}]}
    return make_draft(alice, state)


@pytest.fixture
def accounts(charlie):
    """Create a group of charlie's."""
    return NamedGroup.objects.create(name="Production", members=f"{A}\n{B}", owner=charlie)


@pytest.fixture
def regions(charlie):
    """Another one."""
    members = "eu-west-1\nus-east-1\neu-north-1"
    return NamedGroup.objects.create(
        name="Atlantic", kind="regions", members=members, owner=charlie
    )


@pytest.fixture
def post(alice_client, draft):
    """Return a function that posts the rendered fields, changed, and returns response and draft."""

    def send(op, headers=None, **changes):
        url = f"/drafts/{draft.pk}/"
        data = rendered_post(alice_client.get(url, {"open": 0}).content.decode(), "workspace")
        for name, value in changes.items():
            data[name] = value
        data["op"] = op
        answer = alice_client.post(
            url,
            data.urlencode(),
            content_type="application/x-www-form-urlencoded",
            headers=headers,
        )
        draft.refresh_from_db()
        return answer

    return send


def copies(draft) -> list[str]:
    return draft.document["distributions"][0]["amiDistributionConfiguration"]["targetAccountIds"]


def test_cleaning_up_uses_the_posted_values(post, draft):
    answer = post(f"zeros:{COPIES}", **{CONTROL: f"Name,Account\r\nAcme,{B}\r\n72964183051\r\n{B}"})
    assert copies(draft) == [B, A]
    assert answer["Location"].endswith(f"?open=0#id_{CONTROL}")


def test_cleaning_up_does_not_guess_digits(post, draft):
    post(f"tidy:{COPIES}", **{CONTROL: f"72964183051\r\n{B}\r\n{B}"})
    assert copies(draft) == ["72964183051", B]


def test_closing_does_not_clean_up_lists(post, draft):
    post("close", **{CONTROL: "72964183051\r\n0729-6418-3051"})
    assert copies(draft) == ["72964183051", "0729-6418-3051"]


def test_clean_up_is_offered_for_untidy_lists_only(alice_client, draft):
    url, summary = f"/drafts/{draft.pk}/?open=0", f'<span id="id_{CONTROL}_summary"'
    assert f"{summary}>1 entry</span>" in alice_client.get(url).content.decode()
    draft.save_state(json.loads(draft.text.replace(A, "0729-6418-3051")), revision=1)
    page = alice_client.get(url).content.decode()
    assert f"{summary} data-untidy>1 entry · 1 with dashes</span>" in page


def test_autosave_updates_the_list_summary(post):
    headers = {"HX-Request": "true"}
    changed = post("autosave", headers, **{CONTROL: f"{A}\r\n{A}"}).content.decode()
    assert f'<span hx-swap-oob="replace" id="id_{CONTROL}_summary" data-untidy>2 entries' in changed
    assert "userIds_summary" not in changed
    same = post("autosave", headers, name="other").content.decode()
    assert "_summary" not in same


def test_the_button_chooses_the_inserted_group(post, draft, accounts):
    post(f"insert:{COPIES}:{accounts.pk}", **{CONTROL: C})
    assert copies(draft) == [C, A, B]


def test_the_select_chooses_the_inserted_group(post, draft, accounts, alice_client):
    answer = post(f"insert:{COPIES}")
    assert copies(draft) == [A, B]
    page = alice_client.get(answer["Location"]).content.decode()
    assert "Added 1 account from Production (1 already in the list)." in page


def test_with_htmx_it_is_reported_and_announced(post, accounts):
    answer = post(f"insert:{SHARED}", headers={"HX-Request": "true"})
    message = "Added 2 accounts from Production."
    assert answer.status_code == 200
    assert answer.content.decode().count(message) >= 1
    assert json.loads(answer["HX-Trigger"])["announce"] == {"value": message, "undo": True}
    place = json.loads(answer["HX-Trigger-After-Settle"])["goto"]["value"]
    assert place == f"id_{SHARED[1:].replace('/', '-')}"
    assert "There is a problem" not in answer.content.decode()


def test_the_buttons_result_is_never_truncated(post, accounts):
    typed = {CONTROL: "\r\n".join("abcdefgh")}
    answer = post(f"insert:{COPIES}", headers={"HX-Request": "true"}, **typed)
    page = answer.content.decode()
    found = page[page.index(f'id="id_{CONTROL}_error"') :].partition("4 more errors")[0]
    assert found.count("a 12-digit account ID") == 4
    assert "Added 2 accounts from Production." in found


def test_inserting_is_a_step_that_undo_takes_back(post, draft, accounts):
    post(f"insert:{COPIES}", **{CONTROL: C})
    post("undo")
    assert copies(draft) == [C]


def test_a_button_that_is_pressed_twice_inserts_once(alice_client, post, draft, accounts):
    url = f"/drafts/{draft.pk}/"
    data = rendered_post(alice_client.get(url, {"open": 0}).content.decode(), "workspace")
    data["op"] = f"insert:{COPIES}"
    kind = "application/x-www-form-urlencoded"
    answers = [alice_client.post(url, data.urlencode(), content_type=kind) for _ in range(2)]
    draft.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert copies(draft) == [A, B]


def test_a_stale_page_inserts_nothing_unseen(alice_client, draft, accounts):
    url = f"/drafts/{draft.pk}/"
    data = rendered_post(alice_client.get(url, {"open": 0}).content.decode(), "workspace")
    data["op"], data[CONTROL] = f"insert:{COPIES}", C
    draft.save_state({"name": "saved elsewhere", "distributions": []}, revision=1)
    kind = "application/x-www-form-urlencoded"
    answer = alice_client.post(url, data.urlencode(), content_type=kind)
    draft.refresh_from_db()
    assert answer.status_code == 409
    assert draft.document == {"name": "saved elsewhere", "distributions": []}


def test_regions_become_cards_and_the_open_one_stays_open(post, draft, regions):
    answer = post("insert:/distributions")
    assert [card["region"] for card in draft.document["distributions"]] == [
        "eu-west-1",
        "us-east-1",
        "eu-north-1",
    ]
    assert answer["Location"].endswith("?open=0#distributions-1")


def test_with_htmx_new_regions_are_announced_above_all(post, regions):
    page = post("insert:/distributions", headers={"HX-Request": "true"}).content.decode()
    found = page[page.index('id="distributions_error"') :].partition("</ul>")[0]
    assert "Added 2 Regions from Atlantic (1 already in the list)." in found


def test_without_groups_there_is_nothing_to_insert(alice_client, draft, regions):
    page = alice_client.get(f"/drafts/{draft.pk}/?open=0").content.decode()
    assert 'value="insert:/distributions"' in page
    assert f'value="insert:{COPIES}"' not in page


@pytest.mark.parametrize(
    "op",
    [
        "tidy",
        "tidy:",
        "tidy:/name",
        "tidy:/distributions",
        f"tidy:{COPIES}:1",
        "insert",
        "insert:",
        f"insert:{COPIES}",
        f"insert:{COPIES}:",
        f"insert:{COPIES}:0",
        f"insert:{COPIES}:-1",
        f"insert:{COPIES}:٣",
        f"insert:{COPIES}:²",
        f"insert:{COPIES}:{2**63}",
        f"insert:{COPIES}:{10**20}",
        f"insert:{COPIES}:" + "9" * 5000,
        f"insert:{COPIES}:1 OR 1=1",
        f"insert:{COPIES}:<script>",
        f"insert:{COPIES}:1:2",
        "insert:/distributions:REGIONS:7",
        f"insert:{COPIES}:REGIONS",
        "insert:/distributions:ACCOUNTS",
        "insert:/name:ACCOUNTS",
        "insert:/distributions/5:REGIONS",
    ],
)
def test_a_forged_button_saves_nothing_and_loses_nothing(post, draft, accounts, regions, op):
    op = op.replace("ACCOUNTS", str(accounts.pk)).replace("REGIONS", str(regions.pk))
    before = draft.text
    select = f"group-{CONTROL}"
    answer = post(op, **{CONTROL: f"{C}\r\ntyped-meanwhile", select: "x"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert draft.text == before
    assert "There is a problem" in page
    assert f"{C}\ntyped-meanwhile" in page


def test_a_group_deleted_in_between_is_reported(post, draft, accounts):
    number = accounts.pk
    accounts.delete()
    page = post(f"insert:{COPIES}:{number}").content.decode()
    assert "This group no longer exists." in page


def test_a_select_that_was_sent_twice_is_not_guessed(alice_client, draft, accounts):
    page = alice_client.get(f"/drafts/{draft.pk}/?open=0").content.decode()
    data = rendered_post(page, "workspace")
    data.appendlist(f"group-{CONTROL}", "7")
    data["op"] = f"insert:{COPIES}"
    answer = alice_client.post(
        f"/drafts/{draft.pk}/", data.urlencode(), content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 422
    assert "sent more than once" in answer.content.decode()


def test_copying_offers_groups_of_regions(alice_client, draft, regions, accounts):
    url = f"/drafts/{draft.pk}/copy/?from=/distributions/0"
    page = alice_client.get(url).content.decode()
    assert "Select Atlantic (3 Regions)" in page
    assert "Select Production" not in page
    data = rendered_post(page.replace('type="checkbox"', 'type="submit"'))  # which posts no box
    data["op"] = "select:eu-west-1,us-east-1,eu-north-1"
    assert f'value="{data["op"]}"' in page
    kind = "application/x-www-form-urlencoded"
    chosen = alice_client.post(url, data.urlencode(), content_type=kind).content.decode()
    assert [code for code in ("us-east-1", "eu-north-1", "us-west-2") if box(code, chosen)] == [
        "us-east-1",
        "eu-north-1",
    ]


def box(code: str, page: str) -> bool:
    """Return True if the Region's box is ticked."""
    tag = re.search(rf'<input[^>]*value="{code}"[^>]*>', page)
    return "checked" in tag[0]
