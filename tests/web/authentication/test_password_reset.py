"""A forgotten password is reset by a link in a mail, if a mail server is configured."""

from __future__ import annotations

import re
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from tests.conftest import PASSWORD, signed_in

URL, NEW = "/accounts/reset/", "another horse battery staple"
SAME = b"If a user has this address"


@pytest.fixture(autouse=True)
def mail_server(settings, alice):
    """Configure mail, and give alice an address."""
    settings.EMAIL = {"EMAIL_HOST": "mail.example"}
    alice.email = "alice@example.com"
    alice.save()


def request_link(address="alice@example.com"):
    return Client().post(URL, {"email": address}, follow=True)


def link():
    """Return the path in the mail."""
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def set_password(client, path, password=NEW):
    """Open the link and post the form."""
    form = client.get(path, follow=True)
    fields = {"new_password1": password, "new_password2": password}
    return client.post(form.redirect_chain[-1][0], fields, follow=True)


def test_the_link_sets_a_password_once_and_ends_sessions(alice):
    before = signed_in(alice)
    assert SAME in request_link().content
    client, path = Client(), link()
    assert b"Password changed." in set_password(client, path).content
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert before.get("/form/").status_code == 302
    assert b"This link has expired" in Client().get(path, follow=True).content


def test_a_weak_password_is_refused(alice):
    request_link()
    assert b"too common" in set_password(Client(), link(), "password1").content
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_an_unknown_address_gets_the_same_answer(alice):
    assert SAME in request_link("unknown@example.com").content
    assert mail.outbox == []


def test_a_user_of_a_provider_gets_no_link(alice):
    alice.set_unusable_password()
    alice.save()
    assert SAME in request_link().content
    assert mail.outbox == []


def test_a_mail_server_that_fails_is_logged(monkeypatch, caplog):
    def fail(*_, **__):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailMultiAlternatives, "send", fail)
    assert SAME in request_link().content
    assert "Failed to send password reset email" in caplog.text


@pytest.mark.parametrize("changed", [{"EMAIL": {}}, {"LOCAL_ACCOUNTS": False}])
def test_it_is_not_offered_without_mail_or_passwords(settings, changed):
    assert URL in Client().get("/accounts/login/").content.decode()
    for name, value in changed.items():
        setattr(settings, name, value)
    assert Client().get(URL).status_code == 404
    assert Client().get(f"{URL}MQ/set-password/").status_code == 404
    assert URL not in Client().get("/accounts/login/").content.decode()
