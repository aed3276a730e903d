"""Signing in and out, also after a session has ended."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.conftest import PASSWORD

CREDENTIALS = {"username": "alice", "password": PASSWORD}


def test_it_signs_in_and_redirects(alice):
    response = Client().post("/accounts/login/", CREDENTIALS | {"next": "/form/"})
    assert (response.status_code, response["Location"]) == (302, "/form/")


def test_a_wrong_password_is_not_shown(alice):
    page = Client().post("/accounts/login/", {"username": "alice", "password": "wrong-one"})
    assert b"There is a problem" in page.content
    assert b"<title>Error: Sign in" in page.content
    assert b"wrong-one" not in page.content


def test_after_a_wrong_password_input_is_still_kept(alice):
    wrong = CREDENTIALS | {"password": "wrong-one", "pending:name": "golden"}
    page = Client().post("/accounts/login/", wrong)
    assert b"Your input is kept" in page.content
    assert page.context["pending_fields"] == [("name", "golden")]


@pytest.mark.parametrize("target", ["//evil.example", "https:evil.example", r"\\evil.example"])
def test_it_never_redirects_to_another_site(alice, target):
    response = Client().post("/accounts/login/", CREDENTIALS | {"next": target})
    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.django_db
def test_a_page_redirects_to_the_sign_in_page():
    response = Client().get("/form/?a=1")
    assert response["Location"] == "/accounts/login/?next=/form/%3Fa%3D1"


@pytest.mark.django_db
def test_htmx_redirects_the_whole_page():
    current_url = "http://testserver/form/?a=1"
    response = Client().get("/form/", headers={"HX-Request": "true", "HX-Current-URL": current_url})
    assert response["HX-Redirect"] == "/accounts/login/?next=%2Fform%2F%3Fa%3D1"


def test_a_form_survives_the_end_of_its_session(alice):
    client = Client()
    page = client.post("/form/?a=1", {"name": "typed for hours", "password": "s3cret"})
    assert page.status_code == 403
    assert b"sign in" in page.content
    assert b"s3cret" not in page.content
    pending = {f"pending:{name}": value for name, value in page.context["pending_fields"]}
    resend = client.post("/accounts/login/", CREDENTIALS | pending | {"next": page.context["next"]})
    assert resend.status_code == 200
    assert resend.context["path"] == "/form/?a=1"
    assert resend.context["fields"] == [("name", "typed for hours")]


def test_a_wrong_password_does_not_lose_the_form(alice):
    wrong = {"username": "alice", "password": "wrong", "pending:name": "typed for hours"}
    page = Client().post("/accounts/login/", wrong)
    assert page.context["pending_fields"] == [("name", "typed for hours")]


def test_signing_out_requires_post(alice_client):
    assert alice_client.get("/accounts/logout/").status_code == 405
    assert alice_client.post("/accounts/logout/")["Location"] == "/accounts/login/?signed-out"
    assert alice_client.get("/form/").status_code == 302


@pytest.mark.django_db
def test_signing_out_twice_works():
    assert Client().post("/accounts/logout/")["Location"] == "/accounts/login/?signed-out"


@pytest.mark.django_db
def test_the_admin_uses_the_same_sign_in_page():
    page = Client().get("/admin/submissions/submission/?q=a", follow=True)
    assert page.redirect_chain[-1][0].startswith("/accounts/login/?next=/admin/submissions/")
    assert page.redirect_chain[-1][0].endswith("%3Fq%3Da")


def test_the_admin_denies_access_to_non_staff(alice_client):
    page = alice_client.get("/admin/", follow=True)
    assert page.status_code == 403
    assert b"Only staff can open the admin." in page.content


def test_signing_out_is_confirmed(alice_client):
    page = alice_client.post("/accounts/logout/", follow=True).content.decode()
    assert "You are signed out." in page
    assert "A distribution configuration tells EC2 Image Builder" in page
    assert "You are signed out." not in alice_client.get("/accounts/login/").content.decode()
