"""A trusted proxy signs users in by a header, and local accounts can be off."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from distui.deployment.checks import check_proxy_addresses
from distui.web.authentication import sign_in_settings
from tests.conftest import PASSWORD, signed_in
from tests.openid_provider import openid_connect

PROXY, OTHER, CLIENT = "10.0.0.5", "10.0.1.5", "192.0.2.7"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def proxy_settings(settings):
    """Trust the header X-Forwarded-User from the proxy."""
    settings.PROXY_ADDRESSES = [ip_network("10.0.0.0/24")]
    settings.PROXY_USER_HEADER = "HTTP_X_FORWARDED_USER"
    settings.AUTHENTICATION_BACKENDS = sign_in_settings.backends(True, "a header", None)


def ask(name="", address=PROXY, client=None, path="/form/", **headers):
    """Return the response to a request with the header."""
    headers |= {"X-Forwarded-User": name} if name else {}
    return (client or Client()).get(path, headers=headers, REMOTE_ADDR=address)


def test_the_proxy_signs_in_users_old_and_new(alice):
    assert ask("alice").wsgi_request.user == alice
    assert ask("dana").status_code == 200
    assert not User.objects.get(username="dana").has_usable_password()


def test_the_header_of_another_address_is_ignored(alice):
    response = ask("alice", OTHER)
    assert (response.status_code, response.url[:17]) == (302, "/accounts/login/?")
    assert ask("alice", CLIENT, **{"X-Forwarded-For": PROXY}).status_code == 302


def test_https_without_a_proxy_address_is_a_warning(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert check_proxy_addresses() == []
    settings.PROXY_ADDRESSES = []
    assert [warning.id for warning in check_proxy_addresses()] == ["distui.W002"]
    settings.SECURE_SSL_REDIRECT = False
    assert check_proxy_addresses() == []


def test_the_session_ends_with_the_header(alice):
    client = Client()
    assert ask("alice", client=client).status_code == 200
    assert ask(client=client).status_code == 302
    assert ask("alice", client=client).status_code == 200
    assert ask("alice", OTHER, client=client).status_code == 302


def test_another_name_is_another_user(alice):
    client = Client()
    ask("alice", client=client)
    assert ask("dana", client=client).wsgi_request.user.username == "dana"


def test_a_post_with_the_header_needs_its_token(alice):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/form/", headers={"X-Forwarded-User": "alice"}, REMOTE_ADDR=PROXY)
    assert response.status_code == 403


@pytest.mark.parametrize(("name", "text"), [("a b", b"valid here"), ("eve", b"user is inactive")])
def test_some_users_stay_out(name, text):
    User.objects.create_user("eve", is_active=False)
    response = ask(name)
    assert (response.status_code, text in response.content) == (403, True)


def test_without_the_setting_the_header_is_ignored(alice, settings):
    client = Client()
    ask("alice", client=client)
    settings.PROXY_USER_HEADER = ""
    settings.AUTHENTICATION_BACKENDS = sign_in_settings.backends(True, "", None)
    assert ask("alice", client=client).status_code == 302


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [(f"1.1.1.1, {CLIENT}, {PROXY}", CLIENT), (CLIENT, CLIENT), ("nonsense", PROXY), ("", PROXY)],
)
def test_the_proxy_says_the_address_of_the_client(forwarded, address):
    response = ask(path="/accounts/login/", **{"X-Forwarded-For": forwarded})
    assert response.wsgi_request.META["REMOTE_ADDR"] == address


def test_a_spoofed_address_does_not_evade_the_lock(alice, settings):
    settings.AXES_FAILURE_LIMIT = 1
    wrong = {"username": "alice", "password": "wrong"}

    def attempt(spoofed, address=CLIENT):
        headers = {"X-Forwarded-For": f"{spoofed}, {address}"}
        return Client().post("/accounts/login/", wrong, headers=headers, REMOTE_ADDR=PROXY)

    assert [attempt(f"1.1.1.{number}").status_code for number in (1, 2)] == [429, 429]
    right = wrong | {"password": PASSWORD}
    headers = {"X-Forwarded-For": "192.0.2.8"}
    response = Client().post("/accounts/login/", right, headers=headers, REMOTE_ADDR=PROXY)
    assert response.status_code == 302


@pytest.mark.parametrize(("address", "secure"), [(PROXY, True), (OTHER, False)])
def test_only_the_proxy_says_that_it_is_https(settings, address, secure):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    response = ask(path="/accounts/login/", address=address, **{"X-Forwarded-Proto": "https"})
    assert response.wsgi_request.is_secure() == secure


def local_accounts_off(settings, oidc):
    settings.LOCAL_ACCOUNTS, settings.OIDC = False, oidc
    header = "" if oidc else "a header"
    settings.AUTHENTICATION_BACKENDS = sign_in_settings.backends(False, header, oidc)


def test_without_local_accounts_no_password_signs_in(alice, settings):
    before = signed_in(alice)
    assert before.get("/form/").status_code == 200
    local_accounts_off(settings, openid_connect())
    page = Client().get("/accounts/login/?next=/admin/").content.decode()
    assert "Password" not in page
    assert "/accounts/oidc/?next=/admin/" in page
    fields = {"username": "alice", "password": PASSWORD}
    assert Client().post("/accounts/login/", fields).status_code == 403
    assert authenticate(RequestFactory().post("/"), **fields) is None
    assert before.get("/form/").status_code == 302


def test_behind_a_proxy_alone_the_sign_in_page_says_so(alice, settings):
    local_accounts_off(settings, None)
    assert b"The sign-in proxy didn't send a username" in Client().get("/accounts/login/").content
    page = ask("alice", path="/accounts/password/")
    assert (page.status_code, b"no password here" in page.content) == (403, True)
