"""Users see and end their sessions, and administrators those of others."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from distui.people.models import Session
from tests.conftest import PASSWORD, signed_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36"
URL = "/accounts/sessions/"


def sign_in(name="alice", browser=FIREFOX, address="192.0.2.7"):
    """Return a client that has signed in on the sign-in page."""
    client = Client(headers={"User-Agent": browser}, REMOTE_ADDR=address)
    client.post("/accounts/login/", {"username": name, "password": PASSWORD})
    return client


def is_signed_in(client):
    return client.get("/drafts/new/").status_code == 200


def test_the_page_lists_only_the_users_own(alice, charlie):
    client = sign_in()
    sign_in(browser=CHROME, address="192.0.2.8")
    sign_in("charlie", address="192.0.2.9")
    page = client.get(URL).content.decode()
    assert "Firefox, Linux" in page
    assert "Chrome, Windows" in page
    assert ("192.0.2.8" in page, "192.0.2.9" in page) == (True, False)
    assert not [key for key in Session.objects.values_list("session_key", flat=True) if key in page]


def test_a_user_ends_one_or_all_others(alice):
    here, other, third = sign_in(), sign_in(browser=CHROME), sign_in()
    public_id = Session.objects.get(browser=CHROME).public_id
    page = here.post(f"{URL}end/", {"session": public_id}, follow=True)
    assert b"Session ended." in page.content
    assert [is_signed_in(client) for client in (here, other, third)] == [True, False, True]
    here.post(f"{URL}end/", {"session": "others"})
    assert [is_signed_in(client) for client in (here, third)] == [True, False]


@pytest.mark.parametrize("value", ["", "nonsense"])
def test_nothing_else_ends_a_session(alice, charlie, value):
    here, stranger = sign_in(), sign_in("charlie")
    public_id = Session.objects.get(user=charlie).public_id
    for posted in (value, public_id):
        page = here.post(f"{URL}end/", {"session": posted}, follow=True)
        assert b"has already ended" in page.content
    assert is_signed_in(here)
    assert is_signed_in(stranger)


def test_an_administrator_sees_and_ends_them(alice, bob):
    client = sign_in()
    root = signed_in(User.objects.create_superuser("root"))
    page = root.get(f"/admin/auth/user/{alice.pk}/change/").content
    assert b"Firefox, Linux, 192.0.2.7, last active" in page
    action = {"action": "end_sessions", "_selected_action": [alice.pk]}
    assert b"Ended 1 session." in root.post("/admin/auth/user/", action, follow=True).content
    assert not is_signed_in(client)
    assert is_signed_in(root)


def test_deleting_a_user_deletes_the_sessions(alice):
    client = sign_in()
    alice.delete()
    assert not is_signed_in(client)
    assert not Session.objects.filter(started__isnull=False).exists()
