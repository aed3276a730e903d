"""The history: its filters, its pages, and invalid parameters."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import chain

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from distui.submissions.history import views
from distui.submissions.models import Decision, Review
from tests.factories import START, arn_of, make_submission, make_target


def names(response):
    """Return the listed names, in order."""
    return re.findall(
        r'<a class="row-link" href="/history/\d+/">([^<]+)</a>', response.content.decode()
    )


@pytest.fixture
def three(alice, charlie):
    """Three submissions that differ in name, state, target, person and request ID."""
    production = make_target("production")
    return [
        make_submission(alice, name="one", request_id="req-1"),
        make_submission(
            alice,
            name="two",
            state="rejected",
            target=production,
            request_id="req-2",
            regions=("us-east-1",),
            error_code="ThrottlingException",
        ),
        make_submission(charlie, name="three", state="waiting"),
    ]


def test_it_lists_the_newest_first(three, bob_client):
    assert names(bob_client.get("/history/")) == ["three", "two", "one"]


def test_each_row_shows_state_target_regions_and_person(alice, alice_client):
    make_submission(alice, state="attention", regions=("ap-south-1",))
    page = alice_client.get("/history/").content.decode()
    for text in ('data-state="attention"', "Needs attention", "sandbox", "ap-south-1", "alice"):
        assert text in page


def test_it_shows_needs_work_until_reviewed_again(three, bob, bob_client):
    Review.objects.create(submission=three[0], decision=Decision.NEEDS_WORK, reviewer=bob)
    page = bob_client.get("/history/").content.decode()
    assert page.count("label-warning") == 1
    assert "Reviewed</span>" not in page
    assert "bob requested changes" in bob_client.get(f"/history/{three[0].pk}/").content.decode()
    Review.objects.create(submission=three[0], decision=Decision.REVIEWED, reviewer=bob)
    page = bob_client.get("/history/").content.decode()
    assert "label-warning" not in page
    assert page.count("Reviewed</span>") == 1


def test_an_answered_submission_is_to_be_reviewed_again(three, alice, bob, bob_client):
    assert "/history/?review=to-review" in bob_client.get("/").content.decode()
    for submission, reviewer, decision in (
        (three[0], bob, Decision.NEEDS_WORK),
        (three[0], alice, Decision.ANSWERED),
        (three[2], bob, Decision.REVIEWED),
    ):
        Review.objects.create(submission=submission, decision=decision, reviewer=reviewer)
    response = bob_client.get("/history/?review=to-review")
    assert names(response) == ["one"]
    assert "Answered</span>" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=TWO", ["two"]),
        ("q=configuration/one", ["one"]),
        ("q=req+tw", ["two"]),
        ("q=req+three", []),
        ("person=HARL", ["three"]),
        ("error=throttl", ["two"]),
        ("region=us-east-1", ["two"]),
        ("region=us-east-", []),
        ("review=needs-work", ["one"]),
        ("review=reviewed", ["two"]),
        ("review=none", ["three"]),
        ("review=to-review", ["three"]),
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
def test_filters_narrow_the_list(query, expected, three, bob, bob_client):
    for submission, decisions in ((three[0], ["reviewed", "needs-work"]), (three[1], ["reviewed"])):
        for decision in decisions:
            Review.objects.create(submission=submission, decision=decision, reviewer=bob)
    assert names(bob_client.get(f"/history/?{query}")) == expected


def test_it_finds_a_client_token(three, bob_client):
    assert names(bob_client.get(f"/history/?q={three[0].client_token}")) == ["one"]


def test_a_chip_removes_its_filter(three, bob_client):
    page = bob_client.get("/history/?q=two&state=rejected&sort=name").content.decode()
    assert "State: Rejected" in page
    assert 'href="?q=two&amp;sort=name"' in page
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
def test_it_says_that_nothing_matches(query, three, bob_client):
    response = bob_client.get(f"/history/?{query}")
    assert response.status_code == 200
    assert names(response) == []
    assert "No matching submissions" in response.content.decode()


@pytest.mark.parametrize("query", ["until=9999-12-31", "since=0001-01-01"])
def test_it_accepts_the_first_and_the_last_date(query, three, bob_client):
    assert len(names(bob_client.get(f"/history/?{query}"))) == 3


@pytest.mark.parametrize("parameter", ["before", "after"])
@pytest.mark.parametrize("value", ["0", "-1", "9" * 30, "x", "", "%D9%A3", "1%00"])
def test_an_invalid_page_shows_the_first(parameter, value, three, bob_client):
    response = bob_client.get(f"/history/?{parameter}={value}")
    if "%00" in value:
        assert response.status_code == 400
    else:
        assert names(response) == ["three", "two", "one"]


@pytest.mark.parametrize("parameter", ["q", "state", "target", "person", "since", "until"])
def test_it_rejects_nul(parameter, three, bob_client):
    assert bob_client.get(f"/history/?{parameter}=%00").status_code == 400


def test_it_ignores_unknown_parameters(three, bob_client):
    assert len(names(bob_client.get("/history/?sort=password&page=99999"))) == 3


def links(response):
    """Return the query strings of the newer and the older page."""
    page = response.content.decode()
    found = [re.search(rf'rel="{rel}"\s+href="([^"]+)"', page) for rel in ("prev", "next")]
    return [match and match[1].replace("&amp;", "&") for match in found]


def test_pages_link_to_older_and_newer(alice, alice_client):
    for number in range(120):  # three with the same time each
        at = START + timedelta(minutes=number // 3)
        make_submission(alice, name=f"n{number}", submitted_at=at)
    seen, query = [], ""
    while query is not None:
        response = alice_client.get(f"/history/{query}")
        seen.append(names(response))
        newer, query = links(response)
    assert [len(page) for page in seen] == [50, 50, 20]
    assert list(chain(*seen)) == [f"n{number}" for number in range(119, -1, -1)]
    back = alice_client.get(f"/history/{newer}")
    assert names(back) == seen[1]
    assert names(alice_client.get(f"/history/{links(back)[0]}")) == seen[0]


def test_pages_keep_the_filters(alice, alice_client):
    for number in range(51):
        make_submission(alice, state="rejected", name=f"n{number}")
    make_submission(alice, name="another")
    response = alice_client.get("/history/?state=rejected")
    older = links(response)[1]
    assert older.startswith("?state=rejected&before=")
    assert names(alice_client.get(f"/history/{older}")) == ["n0"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["one", "three", "two"]),
        ("-name", ["two", "three", "one"]),
        ("submitted", ["one", "two", "three"]),
        ("-submitted", ["three", "two", "one"]),
        ("state", ["one", "two", "three"]),
        ("-target", ["three", "one", "two"]),
        ("person", ["one", "two", "three"]),
        ("number", ["one", "two", "three"]),
        ("password", ["three", "two", "one"]),
    ],
)
def test_columns_are_sorted(three, bob_client, sort, expected):
    assert names(bob_client.get(f"/history/?sort={sort}")) == expected


def test_pages_are_sorted_by_person(three, bob_client):
    aaron = User.objects.create_user("aaron")
    for _ in range(49):
        make_submission(aaron, name="of aaron")
    first = bob_client.get("/history/?sort=person")
    assert names(first) == ["of aaron"] * 49 + ["one"]
    second = bob_client.get(f"/history/{links(first)[1]}")
    assert names(second) == ["two", "three"]
    assert names(bob_client.get(f"/history/{links(second)[0]}")) == names(first)


def test_a_head_sorts_and_then_reverses(three, bob_client):
    def sorted_head(sort):
        page = bob_client.get(f"/history/?q=e&sort={sort}").content.decode()
        head = r'aria-sort="([^"]*)"><a href="\?q=e&amp;sort=([^"]*)">([^<]*)'
        return re.findall(head, page)

    assert sorted_head("") == [("descending", "submitted", "Submitted")]
    assert sorted_head("submitted") == [("ascending", "-submitted", "Submitted")]
    assert sorted_head("name") == [("ascending", "-name", "Name")]
    assert sorted_head("-name") == [("descending", "name", "Name")]


def test_it_counts_what_matches(three, bob_client, monkeypatch):
    assert "3 submissions" in bob_client.get("/history/").content.decode()
    assert "1 submission<" in bob_client.get("/history/?q=two").content.decode()
    monkeypatch.setattr(views, "_MOST_COUNTED", 2)
    assert "More than 2 submissions" in bob_client.get("/history/").content.decode()


def test_a_search_reads_the_rows_once(three, bob_client):
    for query in ("q=nothing", "q=two"):
        with CaptureQueriesContext(connection) as queries:
            bob_client.get(f"/history/?{query}")
        assert len([each for each in queries if " LIKE " in each["sql"]]) == 1


def test_an_arn_is_copied_in_its_row(three, bob_client):
    page = bob_client.get("/history/").content.decode()
    assert {*re.findall(r'data-copy="#(arn-\d+)"', page)} == {f"arn-{three[0].pk}"}
    assert f'id="arn-{three[0].pk}">{arn_of("one")}<' in page


def test_an_empty_history_says_so(alice_client):
    assert "No submissions yet" in alice_client.get("/history/").content.decode()


def test_only_reviewers_can_filter_by_person(three, alice_client, bob_client):
    assert 'type="hidden" name="person"' in alice_client.get("/history/").content.decode()
    assert 'type="text" name="person"' in bob_client.get("/history/").content.decode()
    assert names(alice_client.get("/history/?person=charlie")) == []


def test_it_escapes_markup_in_names(alice, alice_client):
    name = "<img src=x onerror=alert(1)>"
    make_submission(alice, name=name, arn=arn_of("x"))
    page = alice_client.get(f"/history/?q={name}").content.decode()
    assert name not in page
