"""Sessions end after a time without activity and after their maximum age."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from distui.web.authentication import sessions
from tests.conftest import PASSWORD

HOUR = 3600


@pytest.fixture
def client(alice, settings):
    """Return a client that has signed in; sessions last 2 hours, at most 5."""
    settings.SESSION_COOKIE_AGE, settings.SESSION_MAX_AGE = 2 * HOUR, 5 * HOUR
    client = Client()
    client.post("/accounts/login/", {"username": "alice", "password": PASSWORD})
    return client


@pytest.fixture
def later(monkeypatch):
    """Return a function that lets time pass for sessions."""
    from django.utils import timezone

    real_now, real_time, offset = timezone.now, time.time, [0.0]
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: real_now() + timedelta(seconds=offset[0])
    )
    monkeypatch.setattr(sessions.time, "time", lambda: real_time() + offset[0])

    def let_pass(seconds):
        offset[0] += seconds

    return let_pass


def is_signed_in(client):
    """Return True if the client can open a page."""
    return client.get("/form/").status_code == 200


def test_it_ends_without_activity(client, later):
    later(2 * HOUR + 1)
    assert not is_signed_in(client)


def test_activity_extends_it(client, later):
    for _ in range(2):
        later(1.5 * HOUR)
        assert is_signed_in(client)


def test_it_ends_at_its_maximum_age_in_spite_of_activity(client, later):
    for _ in range(3):
        later(1.5 * HOUR)
        assert is_signed_in(client)
    later(HOUR)
    assert not is_signed_in(client)


def test_the_button_cannot_extend_it_beyond_its_maximum_age(client, later):
    later(1.9 * HOUR)
    assert client.post("/accounts/session/").status_code == 204
    later(1.9 * HOUR)
    response = client.post("/accounts/session/")
    events = json.loads(response["HX-Trigger"])
    assert events["announce"] == {"value": "Your session ends in 71 minutes."}
    assert 1.1 * HOUR < events["session"]["value"] < 1.2 * HOUR
    later(1.3 * HOUR)
    assert client.post("/accounts/session/").status_code == 403


def test_a_poll_is_not_activity(client, later):
    later(1.5 * HOUR)
    assert client.get("/form/", headers={"HX-Request": "true"}).status_code == 200
    later(HOUR)
    assert not is_signed_in(client)


def test_an_open_page_is_sent_the_new_end(client, later):
    later(HOUR)
    response = client.post("/form/", {"a": "b"}, headers={"HX-Request": "true"})
    assert json.loads(response["HX-Trigger"])["session"]["value"] == 2 * HOUR
    again = client.post("/form/", {"a": "b"}, headers={"HX-Request": "true"})
    assert "HX-Trigger" not in again


def test_the_cookies_are_secret_and_of_this_host_alone(alice, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    page = Client().post("/accounts/login/", {"username": "alice", "password": PASSWORD})
    assert set(page.cookies) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    for cookie in page.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_signing_in_replaces_a_session_key_that_others_know(alice):
    client, other = Client(), Client()
    session = client.session
    session.save()
    for each in (client, other):
        each.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    client.post("/accounts/login/", {"username": "alice", "password": PASSWORD})
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_a_copied_cookie_is_useless_after_signing_out(client):
    copy = Client()
    copy.cookies[settings.SESSION_COOKIE_NAME] = client.session.session_key
    assert is_signed_in(copy)
    client.post("/accounts/logout/")
    assert not is_signed_in(copy)
