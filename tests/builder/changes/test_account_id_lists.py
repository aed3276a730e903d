"""Changes to whole lists: clean up, insert groups, and the summary line."""

from __future__ import annotations

import copy

import pytest

from distui.builder.changes.account_id_lists import clean_up, insert_group, summary_at
from distui.builder.groups.models import NamedGroup
from distui.builder.state.errors import InvalidPointer, WrongKind

AMI = "/distributions/0/amiDistributionConfiguration"
COPIES, SHARED = f"{AMI}/targetAccountIds", f"{AMI}/launchPermission/userIds"
A, B, C = "072964183051", "735018462939", "418273950164"


def state_with(accounts=(), users=None) -> dict:
    ami: dict = {"targetAccountIds": list(accounts)} if accounts else {}
    if users is not None:
        ami["launchPermission"] = {"userIds": users} if users else {}
    return {
        "distributions": [
            {"region": "eu-west-1", "amiDistributionConfiguration": ami},
            {"region": ""},
        ]
    }


def group_of(*members, kind="accounts") -> NamedGroup:
    return NamedGroup(pk=1, name="Production", kind=kind, members="\n".join(members))


@pytest.mark.parametrize(
    ("accounts", "text"),
    [
        ([A], "1 entry"),
        ([A, B, A], f"3 entries · 1 duplicate of {A}"),
        ([], ""),
        (None, ""),
        ("text", ""),
    ],
)
def test_the_summary_counts_accounts_and_problems(accounts, text):
    assert summary_at(COPIES, accounts).text == text


def test_the_summary_enables_its_buttons():
    assert summary_at(SHARED, [A]).id == "id_" + SHARED[1:].replace("/", "-") + "_summary"
    assert summary_at(SHARED, [A]).id == summary_at(SHARED, None).id
    assert not summary_at(SHARED, [A, "x"]).can_clean_up
    assert summary_at(SHARED, [A, A]).can_clean_up


@pytest.mark.parametrize("place", ["", "/name", "/distributions", f"{AMI}/kmsKeyId", COPIES + "/0"])
def test_other_pointers_have_no_summary(place):
    assert summary_at(place, [A]) is None


def test_clean_up_changes_and_focuses_the_list():
    before = state_with([A, "0729-6418-3051", "35018462939", "x"])
    original = copy.deepcopy(before)
    after, focus, message, _ = clean_up(before, COPIES)
    assert after == state_with([A, "35018462939", "x"])
    assert before == original
    assert focus == "id_" + COPIES[1:].replace("/", "-")
    assert message == (
        "Cleaned up: 1 account. Removed 1 duplicate. 2 entries still aren't account IDs."
    )


def test_restored_leading_zeros_are_listed():
    assert summary_at(COPIES, [A, "35018462939"]).can_restore_zeros
    assert not summary_at(COPIES, [A, "x"]).can_restore_zeros
    after, _, message, _ = clean_up(state_with([A, "35018462939"]), COPIES, zeros=True)
    assert after == state_with([A, "035018462939"])
    assert message == "Cleaned up: 2 accounts. Restored zeros in 1 (check: 035018462939)."
    many = [f"3501846293{number}" for number in range(5)]
    message = clean_up(state_with(many), COPIES, zeros=True).message
    assert message.endswith("in 5 (check: 035018462930, 035018462931, 035018462932 and 2 more).")


def test_clean_up_of_a_clean_list_changes_nothing():
    for state in (state_with([A]), state_with(users=[])):
        assert clean_up(state, COPIES)[:3:2] == (state, "Nothing to clean up.")


@pytest.mark.parametrize(
    ("existing", "expected", "message"),
    [
        ([], [A, B], "Added 2 accounts from Production."),
        ([A], [A, B], "Added 1 account from Production (1 already in the list)."),
        (["0729-6418-3051"], ["0729-6418-3051", B], "Added 1 account from Production (1 "),
        ([B, A], [B, A], "Production: 2 accounts already in the list."),
    ],
)
def test_insert_appends_missing_accounts(existing, expected, message):
    after, _, shown, _ = insert_group(state_with(existing), COPIES, group_of(A, B))
    assert after == state_with(expected)
    assert shown.startswith(message)


def test_insert_works_in_an_included_launch_permission():
    after, *_ = insert_group(state_with(users=[]), SHARED, group_of(A))
    assert after == state_with(users=[A])


def test_insert_adds_a_blank_region_for_each_missing():
    before = state_with([A])
    group = group_of("us-east-1", "eu-west-1", "eu-north-1", kind="regions")
    after, focus, message, _ = insert_group(before, "/distributions", group)
    assert after["distributions"] == [
        *before["distributions"],
        {"region": "us-east-1"},
        {"region": "eu-north-1"},
    ]
    assert focus == "distributions-2"
    assert message == "Added 2 Regions from Production (1 already in the list)."


def test_insert_skips_existing_regions():
    group = group_of("eu-west-1", kind="regions")
    after, focus, *_ = insert_group(state_with([A]), "/distributions", group)
    assert (after, focus) == (state_with([A]), "distributions")


@pytest.mark.parametrize(
    "place",
    [
        "",
        "/",
        "/name",
        "/distributions/0",
        "/distributions/7/amiDistributionConfiguration/targetAccountIds",
        "/distributions/1/amiDistributionConfiguration/targetAccountIds",
        "/distributions/-1/amiDistributionConfiguration/targetAccountIds",
        "/distributions/٠/amiDistributionConfiguration/targetAccountIds",
        f"/distributions/{'9' * 5000}/amiDistributionConfiguration/targetAccountIds",
        f"{AMI}/userIds",
        f"{AMI}/launchPermission/targetAccountIds",
        SHARED,
        COPIES + "/0",
        COPIES + "\n",
    ],
)
def test_an_invalid_pointer_is_rejected(place):
    with pytest.raises(InvalidPointer):
        clean_up(state_with([A]), place)
    with pytest.raises(InvalidPointer):
        insert_group(state_with([A]), place, group_of(A))


def test_a_group_of_the_wrong_kind_is_rejected():
    with pytest.raises(WrongKind):
        insert_group(state_with([A]), "/distributions", group_of(A))
    with pytest.raises(WrongKind):
        insert_group(state_with([A]), COPIES, group_of("eu-west-1", kind="regions"))
