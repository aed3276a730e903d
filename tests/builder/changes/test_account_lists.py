"""Changes to whole lists: tidied up, groups inserted, and the line that counts them."""

from __future__ import annotations

import copy

import pytest

from distui.builder.changes.account_lists import WrongKind, clean_up, insert_group, summary_at
from distui.builder.changes.edits import InvalidPointer
from distui.builder.groups.models import NamedGroup

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
    ("accounts", "said"),
    [
        ([A], "1 entry"),
        ([A, B, A], f"3 entries · 1 duplicate of {A}"),
        ([], ""),
        (None, ""),
        ("text", ""),
    ],
)
def test_the_tally_says_what_the_list_comes_to(accounts, said):
    assert summary_at(COPIES, accounts).text == said


def test_the_tally_keeps_its_id_and_knows_what_is_untidy():
    assert summary_at(SHARED, [A]).id == "id_" + SHARED[1:].replace("/", "-") + "_tally"
    assert summary_at(SHARED, [A]).id == summary_at(SHARED, None).id
    assert not summary_at(SHARED, [A, "x"]).untidy
    assert summary_at(SHARED, [A, A]).untidy


@pytest.mark.parametrize("place", ["", "/name", "/distributions", f"{AMI}/kmsKeyId", COPIES + "/0"])
def test_other_places_have_no_tally(place):
    assert summary_at(place, [A]) is None


def test_tidying_up_changes_the_list_and_stays_there():
    before = state_with([A, "0729-6418-3051", "35018462939", "x"])
    kept = copy.deepcopy(before)
    after, focus, said = clean_up(before, COPIES)
    assert after == state_with([A, "35018462939", "x"])
    assert before == kept
    assert focus == "id_" + COPIES[1:].replace("/", "-")
    assert said == (
        "Tidied up: 2 accounts. 1 listed twice is there once now. 2 are still no account ids."
    )


def test_leading_zeros_are_put_back_by_a_button_of_their_own_and_named():
    assert summary_at(COPIES, [A, "35018462939"]).short
    assert not summary_at(COPIES, [A, "x"]).short
    after, _, said = clean_up(state_with([A, "35018462939"]), COPIES, zeros=True)
    assert after == state_with([A, "035018462939"])
    assert said == "Tidied up: 2 accounts. Check what got leading zeros back: 035018462939."
    many = [f"3501846293{number}" for number in range(5)]
    said = clean_up(state_with(many), COPIES, zeros=True).said
    assert said.endswith("back: 035018462930, 035018462931, 035018462932 and 2 more.")


def test_tidying_up_a_tidy_list_or_none_does_nothing():
    for state in (state_with([A]), state_with(users=[])):
        assert clean_up(state, COPIES)[::2] == (state, "There is nothing to tidy up.")


@pytest.mark.parametrize(
    ("there", "added", "said"),
    [
        ([], [A, B], "Added 2 accounts of Production."),
        ([A], [A, B], "Added 1 account of Production, 1 was there already."),
        (["0729-6418-3051"], ["0729-6418-3051", B], "Added 1 account of Production, 1 was"),
        ([B, A], [B, A], "All of Production was there already: 2 accounts."),
    ],
)
def test_inserting_appends_the_accounts_that_are_missing(there, added, said):
    after, _, told = insert_group(state_with(there), COPIES, group_of(A, B))
    assert after == state_with(added)
    assert told.startswith(said)


def test_a_group_goes_into_a_launch_permission_that_is_included():
    after, _, _ = insert_group(state_with(users=[]), SHARED, group_of(A))
    assert after == state_with(users=[A])


def test_a_group_of_regions_makes_a_blank_card_of_each_that_is_missing():
    before = state_with([A])
    group = group_of("us-east-1", "eu-west-1", "eu-north-1", kind="regions")
    after, focus, said = insert_group(before, "/distributions", group)
    assert after["distributions"] == [
        *before["distributions"],
        {"region": "us-east-1"},
        {"region": "eu-north-1"},
    ]
    assert focus == "distributions-2"
    assert said == "Added 2 Regions of Production, 1 was there already."


def test_regions_that_are_all_there_add_no_card():
    group = group_of("eu-west-1", kind="regions")
    after, focus, _ = insert_group(state_with([A]), "/distributions", group)
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
def test_a_place_that_is_not_there_is_refused(place):
    with pytest.raises(InvalidPointer):
        clean_up(state_with([A]), place)
    with pytest.raises(InvalidPointer):
        insert_group(state_with([A]), place, group_of(A))


def test_a_group_goes_only_where_its_kind_belongs():
    with pytest.raises(WrongKind):
        insert_group(state_with([A]), "/distributions", group_of(A))
    with pytest.raises(WrongKind):
        insert_group(state_with([A]), COPIES, group_of("eu-west-1", kind="regions"))
