"""Every page of the room asks who comes, shows nothing of others, and knows its methods."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.submissions.rows import make_draft, make_submission, make_target

HTMX = {"HX-Request": "true"}
OF_ONE = {
    "review": ("/drafts/{}/review/", "GET"),
    "record": ("/history/{}.json", "GET"),
    "page": ("/history/{}/", "GET"),
    "reopen": ("/history/{}/reopen/", "POST"),
}
OF_ALL = ["/", "/history/", "/history/export.jsonl", "/history/export.csv"]
PAGES = [*OF_ONE, *OF_ALL]


@pytest.fixture
def address(alice):
    """Each page's address, of something that is alice's, and a method that it takes."""
    make_target()
    ids = {"review": make_draft(alice).pk}
    other = make_submission(alice, state="rejected").pk

    def find(page):
        pattern, method = OF_ONE.get(page, (page, "GET"))
        return pattern.format(ids.get(page, other)), method

    return find


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_its_owner_sees_it(page, headers, address, alice_client):
    url, method = address(page)
    answer = alice_client.generic(method, url, headers=headers)
    assert answer.status_code == (302 if method == "POST" else 200)


@pytest.mark.parametrize("page", PAGES)
def test_the_anonymous_are_asked_to_sign_in(page, address):
    url, method = address(page)
    answer = Client().generic(method, url)
    if method == "GET":
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/")
    else:  # nothing is lost: the sign-in form carries what was posted
        assert answer.status_code == 403


@pytest.mark.parametrize("page", OF_ONE)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_stranger_finds_nothing(page, headers, address, charlie_client):
    url, method = address(page)
    assert charlie_client.generic(method, url, headers=headers).status_code == 404


@pytest.mark.parametrize("page", OF_ALL)
def test_a_stranger_sees_nothing_of_it_in_lists(page, address, alice, charlie_client):
    make_submission(alice, name="secret plan")
    answer = charlie_client.get(page)
    body = b"".join(answer) if answer.streaming else answer.content
    assert b"secret plan" not in body


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_another_method_is_refused(page, method, address, alice_client):
    url, right = address(page)
    if method != right and page != "review":
        answer = alice_client.generic(method, url)
        assert answer.status_code == 405


@pytest.mark.parametrize("page", OF_ONE)
@pytest.mark.parametrize("bad", ["0", "-1", "9" * 21, "9" * 5000, "letters", "1e3", "%D9%A1"])
def test_an_id_that_is_none_is_not_found(page, bad, alice_client):
    pattern, method = OF_ONE[page]
    assert alice_client.generic(method, pattern.format(bad)).status_code == 404


def test_a_reviewer_sees_what_others_submitted(address, bob_client):
    for page in ("page", "record", "/history/"):
        assert bob_client.get(address(page)[0]).status_code == 200
