"""Signing in and out, also in the middle of something."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.conftest import PASSWORD

CREDENTIALS = {"username": "alice", "password": PASSWORD}


def test_it_signs_in_and_goes_on(alice):
    answer = Client().post("/accounts/login/", CREDENTIALS | {"next": "/form/"})
    assert (answer.status_code, answer["Location"]) == (302, "/form/")


def test_a_wrong_password_is_told_without_showing_it(alice):
    page = Client().post("/accounts/login/", {"username": "alice", "password": "wrong-one"})
    assert b"There is a problem" in page.content
    assert b"<title>Error: Sign in" in page.content
    assert b"wrong-one" not in page.content


def test_after_a_wrong_password_too_it_says_that_what_was_typed_is_kept(alice):
    wrong = CREDENTIALS | {"password": "wrong-one", "kept:name": "golden"}
    page = Client().post("/accounts/login/", wrong)
    assert b"All that you typed is kept" in page.content
    assert page.context["kept"] == [("name", "golden")]


@pytest.mark.parametrize("target", ["//evil.example", "https:evil.example", r"\\evil.example"])
def test_it_never_leads_elsewhere(alice, target):
    answer = Client().post("/accounts/login/", CREDENTIALS | {"next": target})
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.django_db
def test_a_page_asks_to_sign_in_first():
    answer = Client().get("/form/?a=1")
    assert answer["Location"] == "/accounts/login/?next=/form/%3Fa%3D1"


@pytest.mark.django_db
def test_htmx_is_sent_to_the_sign_in_page_as_a_whole():
    here = "http://testserver/form/?a=1"
    answer = Client().get("/form/", headers={"HX-Request": "true", "HX-Current-URL": here})
    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Fform%2F%3Fa%3D1"


def test_a_form_survives_the_end_of_its_session(alice):
    client = Client()
    page = client.post("/form/?a=1", {"name": "typed for hours", "password": "s3cret"})
    assert page.status_code == 403
    assert b"sign in" in page.content
    assert b"s3cret" not in page.content
    carried = {f"kept:{name}": value for name, value in page.context["kept"]}
    again = client.post("/accounts/login/", CREDENTIALS | carried | {"next": page.context["next"]})
    assert again.status_code == 200
    assert again.context["path"] == "/form/?a=1"
    assert again.context["fields"] == [("name", "typed for hours")]


def test_a_wrong_password_does_not_lose_the_form(alice):
    wrong = {"username": "alice", "password": "wrong", "kept:name": "typed for hours"}
    page = Client().post("/accounts/login/", wrong)
    assert page.context["kept"] == [("name", "typed for hours")]


def test_signing_out_takes_a_post(alice_client):
    assert alice_client.get("/accounts/logout/").status_code == 405
    assert alice_client.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert "sessionid" not in alice_client.session


@pytest.mark.django_db
def test_signing_out_twice_is_no_error():
    assert Client().post("/accounts/logout/")["Location"] == "/accounts/login/"


@pytest.mark.django_db
def test_the_admin_has_the_same_sign_in_page():
    page = Client().get("/admin/submissions/submission/?q=a", follow=True)
    assert page.redirect_chain[-1][0].startswith("/accounts/login/?next=/admin/submissions/")
    assert page.redirect_chain[-1][0].endswith("%3Fq%3Da")


def test_who_may_not_enter_the_admin_is_told_so(alice_client):
    page = alice_client.get("/admin/", follow=True)
    assert page.status_code == 403
    assert b"open to staff" in page.content
