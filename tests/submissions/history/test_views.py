"""The list of what was submitted: its filters, its pages, and what junk does to it."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import chain

import pytest

from distui.submissions.models import Review, Verdict
from tests.submissions.rows import START, arn_of, make_submission, make_target


def names(answer):
    """The names in the list, in its order."""
    return re.findall(r'<a href="/history/\d+/">([^<]+)</a>', answer.content.decode())


@pytest.fixture
def three(alice, charlie):
    """Three submissions that differ in everything."""
    production = make_target("production")
    return [
        make_submission(alice, name="one", request_id="req-1"),
        make_submission(alice, name="two", state="rejected", target=production, request_id="req-2"),
        make_submission(charlie, name="three", state="waiting"),
    ]


def test_the_newest_comes_first(three, bob_client):
    assert names(bob_client.get("/history/")) == ["three", "two", "one"]


def test_each_line_says_state_target_regions_and_person(alice, alice_client):
    make_submission(alice, state="attention", regions=("ap-south-1",))
    page = alice_client.get("/history/").content.decode()
    for text in ('data-state="attention"', "Needs attention", "sandbox", "ap-south-1", "alice"):
        assert text in page


def test_what_needs_work_says_so_until_it_was_reviewed_again(three, bob, bob_client):
    Review.objects.create(submission=three[0], verdict=Verdict.NEEDS_WORK, reviewer=bob)
    assert bob_client.get("/history/").content.decode().count("Needs work") == 1
    assert "Needs work, says bob" in bob_client.get(f"/history/{three[0].pk}/").content.decode()
    Review.objects.create(submission=three[0], verdict=Verdict.REVIEWED, reviewer=bob)
    assert "Needs work" not in bob_client.get("/history/").content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=TWO", ["two"]),
        ("q=configuration/one", ["one"]),
        ("q=req-2", ["two"]),
        ("state=rejected", ["two"]),
        ("target=production", ["two"]),
        ("person=charlie", ["three"]),
        ("person=alice&state=created", ["one"]),
        ("since=2026-11-01&until=2026-11-30", ["three", "two", "one"]),
        ("until=2026-10-31", []),
        ("since=2027-01-01", []),
    ],
)
def test_a_filter_narrows_the_list(query, expected, three, bob_client):
    assert names(bob_client.get(f"/history/?{query}")) == expected


def test_it_is_found_by_its_client_token(three, bob_client):
    assert names(bob_client.get(f"/history/?q={three[0].client_token}")) == ["one"]


def test_a_filter_is_a_chip_that_takes_it_away(three, bob_client):
    page = bob_client.get("/history/?q=two&state=rejected").content.decode()
    assert "State: rejected" in page
    assert 'href="?q=two"' in page
    assert 'value="two"' in page
    assert "/history/export.jsonl?q=two&amp;state=rejected" in page


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "since=yesterday",
        "until=2026-13-40",
        "target=" + "x" * 300,
        "person=nobody",
        "q=" + "%25" * 3000,
        "q=' OR 1=1 --",
        "q=%F0%9F%A6%86",
        "since=9999-12-31",
    ],
)
def test_what_matches_nothing_says_so(query, three, bob_client):
    answer = bob_client.get(f"/history/?{query}")
    assert answer.status_code == 200
    assert names(answer) == []
    assert "Nothing matches" in answer.content.decode()


@pytest.mark.parametrize("query", ["until=9999-12-31", "since=0001-01-01"])
def test_the_ends_of_time_are_dates_too(query, three, bob_client):
    assert len(names(bob_client.get(f"/history/?{query}"))) == 3


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize("value", ["0", "-1", "9" * 30, "x", "", "%D9%A3", "1%00"])
def test_a_place_that_is_none_leads_to_the_first_page(place, value, three, bob_client):
    answer = bob_client.get(f"/history/?{place}={value}")
    if "%00" in value:
        assert answer.status_code == 400
    else:
        assert names(answer) == ["three", "two", "one"]


@pytest.mark.parametrize("parameter", ["q", "state", "target", "person", "since", "until"])
def test_nul_is_refused_in_words(parameter, three, bob_client):
    assert bob_client.get(f"/history/?{parameter}=%00").status_code == 400


def test_unknown_parameters_are_left_out(three, bob_client):
    assert len(names(bob_client.get("/history/?sort=password&page=99999"))) == 3


def links(answer):
    """The query strings of the newer and the older page."""
    page = answer.content.decode()
    found = [re.search(rf'rel="{rel}"\s+href="([^"]+)"', page) for rel in ("prev", "next")]
    return [match and match[1].replace("&amp;", "&") for match in found]


def test_pages_lead_on_and_back(alice, alice_client):
    for number in range(120):  # always three in the same moment
        at = START + timedelta(minutes=number // 3)
        make_submission(alice, name=f"n{number}", submitted_at=at)
    seen, query = [], ""
    while query is not None:
        answer = alice_client.get(f"/history/{query}")
        seen.append(names(answer))
        newer, query = links(answer)
    assert [len(page) for page in seen] == [50, 50, 20]
    assert list(chain(*seen)) == [f"n{number}" for number in range(119, -1, -1)]
    back = alice_client.get(f"/history/{newer}")
    assert names(back) == seen[1]
    assert names(alice_client.get(f"/history/{links(back)[0]}")) == seen[0]


def test_pages_keep_the_filters(alice, alice_client):
    for number in range(51):
        make_submission(alice, state="rejected", name=f"n{number}")
    make_submission(alice, name="another")
    answer = alice_client.get("/history/?state=rejected")
    older = links(answer)[1]
    assert older.startswith("?state=rejected&before=")
    assert names(alice_client.get(f"/history/{older}")) == ["n0"]


def test_the_list_takes_the_same_queries_however_long_it_is(
    alice, alice_client, django_assert_num_queries
):
    def count():
        with django_assert_num_queries(7):
            alice_client.get("/history/")

    make_submission(alice)
    count()
    for _ in range(60):
        make_submission(alice)
    count()


def test_nothing_yet_is_said_kindly(alice_client):
    assert "Nothing was submitted yet" in alice_client.get("/history/").content.decode()


def test_only_reviewers_are_offered_a_person_to_filter_by(three, alice_client, bob_client):
    assert 'type="hidden" name="person"' in alice_client.get("/history/").content.decode()
    assert 'type="text" name="person"' in bob_client.get("/history/").content.decode()
    assert names(alice_client.get("/history/?person=charlie")) == []


def test_a_name_with_markup_stays_text(alice, alice_client):
    name = "<img src=x onerror=alert(1)>"
    make_submission(alice, name=name, arn=arn_of("x"))
    page = alice_client.get(f"/history/?q={name}").content.decode()
    assert name not in page
