"""Sign-in, permissions, methods and IDs of every page of the app."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_draft, make_submission, make_target

HTMX = {"HX-Request": "true"}
OBJECT_PAGES = {
    "review": ("/drafts/{}/review/", "GET"),
    "record": ("/history/{}.json", "GET"),
    "page": ("/history/{}/", "GET"),
    "reopen": ("/history/{}/reopen/", "POST"),
}
LIST_PAGES = ["/", "/history/", "/history/export.jsonl", "/history/export.csv"]
PAGES = [*OBJECT_PAGES, *LIST_PAGES]


@pytest.fixture
def url_of(alice):
    """Return a function that gives the URL and the method of a page about alice's objects."""
    make_target()
    draft_pk = make_draft(alice).pk
    submission_pk = make_submission(alice, state="rejected").pk

    def find(page):
        pattern, method = OBJECT_PAGES.get(page, (page, "GET"))
        return pattern.format(draft_pk if page == "review" else submission_pk), method

    return find


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_owners_see_it(page, headers, url_of, alice_client):
    url, method = url_of(page)
    response = alice_client.generic(method, url, headers=headers)
    assert response.status_code == (302 if method == "POST" else 200)


@pytest.mark.parametrize("page", PAGES)
def test_anonymous_users_must_sign_in(page, url_of):
    url, method = url_of(page)
    response = Client().generic(method, url)
    if method == "GET":
        assert response.status_code == 302
        assert response.url.startswith("/accounts/login/")
    else:  # the sign-in form keeps what was posted
        assert response.status_code == 403


@pytest.mark.parametrize("page", OBJECT_PAGES)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_it_hides_other_peoples_objects(page, headers, url_of, charlie_client):
    url, method = url_of(page)
    assert charlie_client.generic(method, url, headers=headers).status_code == 404


@pytest.mark.parametrize("page", LIST_PAGES)
def test_lists_hide_other_peoples_submissions(page, url_of, alice, charlie_client):
    make_submission(alice, name="secret plan")
    response = charlie_client.get(page)
    body = b"".join(response) if response.streaming else response.content
    assert b"secret plan" not in body


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_other_methods_are_not_allowed(page, method, url_of, alice_client):
    url, accepted = url_of(page)
    if method != accepted and page != "review":
        response = alice_client.generic(method, url)
        assert response.status_code == 405


@pytest.mark.parametrize("page", OBJECT_PAGES)
@pytest.mark.parametrize("bad", ["0", "-1", "9" * 21, "9" * 5000, "letters", "1e3", "%D9%A1"])
def test_an_invalid_id_is_not_found(page, bad, alice_client):
    pattern, method = OBJECT_PAGES[page]
    assert alice_client.generic(method, pattern.format(bad)).status_code == 404


def test_reviewers_see_other_peoples_submissions(url_of, bob_client):
    for page in ("page", "record", "/history/"):
        assert bob_client.get(url_of(page)[0]).status_code == 200
