"""Wrong passwords are slowed down, then locked out; all sign-ins are logged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import hashers
from django.test import Client

from tests.conftest import PASSWORD

URL = "/accounts/login/"
RIGHT = {"username": "alice", "password": PASSWORD}
WRONG = RIGHT | {"password": "wrong-one"}
WAIT = b"Too many failed attempts. Wait"
LOCKED = b"is locked for 15 minutes"


@pytest.fixture
def now(monkeypatch):
    """Return a function that lets time pass for django-axes and the pauses."""
    from django.utils import timezone

    real, offset = timezone.now, [timedelta()]
    for name in ("axes.handlers.proxy.now", "axes.attempts.now", "django.utils.timezone.now"):
        monkeypatch.setattr(name, lambda: real() + offset[0])

    def let_pass(**amount):
        offset[0] += timedelta(**amount)

    return let_pass


def fail(now, times, client=None):
    """Sign in with a wrong password, waiting as long as asked; return the last page."""
    client = client or Client()
    for _ in range(times):
        now(seconds=70)
        page = client.post(URL, WRONG)
    return page


def test_two_mistakes_cost_nothing(alice, now):
    fail(now, 2)
    assert Client().post(URL, RIGHT).status_code == 302


def test_more_mistakes_make_it_wait(alice, now, monkeypatch):
    page = fail(now, 3)
    assert WAIT not in page.content
    monkeypatch.setattr(hashers.MD5PasswordHasher, "verify", None)  # would be an error
    page = Client().post(URL, RIGHT)
    assert b"Wait 2 seconds, then try again." in page.content
    assert AccessAttempt.objects.get().failures_since_start == 3
    monkeypatch.undo()


def test_the_pause_doubles(alice, now):
    fail(now, 5)
    now(seconds=6.5)
    assert b"Wait 2 seconds" in Client().post(URL, RIGHT).content
    now(seconds=2)
    assert Client().post(URL, RIGHT).status_code == 302


def test_a_sign_in_clears_the_count(alice, now):
    fail(now, 5)
    now(seconds=60)
    Client().post(URL, RIGHT)
    assert not AccessAttempt.objects.exists()


def test_after_eight_mistakes_the_right_password_is_refused(alice, now, monkeypatch):
    page = fail(now, settings.AXES_FAILURE_LIMIT)
    assert (page.status_code, LOCKED in page.content) == (429, True)
    monkeypatch.setattr(hashers.MD5PasswordHasher, "verify", None)  # no hash is computed
    page = Client().post(URL, RIGHT)
    assert (page.status_code, LOCKED in page.content) == (429, True)
    monkeypatch.undo()


def test_the_lock_ends(alice, now):
    fail(now, settings.AXES_FAILURE_LIMIT)
    now(minutes=14)
    assert Client().post(URL, RIGHT).status_code == 429
    now(minutes=2)
    assert Client().post(URL, RIGHT).status_code == 302


def test_another_user_and_another_address_are_not_locked(alice, bob, now):
    fail(now, settings.AXES_FAILURE_LIMIT)
    assert Client().post(URL, RIGHT | {"username": "bob"}).status_code == 302
    assert Client(REMOTE_ADDR="10.1.2.3").post(URL, RIGHT).status_code == 302


def test_a_lock_keeps_the_interrupted_form(alice, now):
    fail(now, settings.AXES_FAILURE_LIMIT)
    page = Client().post(URL, WRONG | {"pending:name": "typed for hours", "next": "/form/"})
    assert page.status_code == 429
    assert page.context["pending_fields"] == [("name", "typed for hours")]
    assert page.context["next"] == "/form/"


def test_typed_values_are_not_stored_with_the_attempt(alice, now):
    Client().post(f"{URL}?next=/typed/", WRONG | {"pending:name": "typed for hours"})
    attempt = AccessAttempt.objects.get()
    assert "typed" not in attempt.post_data + attempt.get_data
    assert "wrong-one" not in attempt.post_data


def test_sign_ins_are_logged(alice, caplog, now):
    caplog.set_level("INFO", "distui.web.authentication")
    Client().post(URL, WRONG)
    Client().post(URL, RIGHT)
    fail(now, settings.AXES_FAILURE_LIMIT)
    assert "Sign-in failed: alice from 127.0.0.1." in caplog.messages
    assert "Signed in: alice from 127.0.0.1." in caplog.messages
    assert "Sign-in locked for 15 minutes: alice from 127.0.0.1." in caplog.messages
    assert not any("wrong-one" in message for message in caplog.messages)
