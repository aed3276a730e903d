"""Signing in with OpenID Connect, at a real provider."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client

from distui.web.authentication.openid_connect.accounts import NotAllowed, user_for
from tests.conftest import PASSWORD
from tests.openid_provider import openid_connect

START = "/accounts/oidc/"
FAILED = b"Signing in with Example failed"

pytestmark = [pytest.mark.django_db, pytest.mark.process]


def sign_in(provider, client=None, user="alice", path="", answer="allow"):
    """Follow the link to the provider and back; return the site's last answer."""
    client = client or Client()
    start = client.get(START, {"next": path})
    returned = provider.authorize(start["Location"], user, answer)
    return client.get(returned)


def groups_of(username):
    return set(User.objects.get(username=username).groups.values_list("name", flat=True))


def test_a_new_person_signs_in(provider):
    client = Client()
    response = sign_in(provider, client, path="/form/?a=1")
    assert (response.status_code, response["Location"]) == (302, "/form/?a=1")
    assert client.get("/form/").status_code == 200
    user = User.objects.get()
    assert (user.username, user.email) == ("alice", "alice@example.com")
    assert (user.get_full_name(), user.has_usable_password()) == ("Alice Example", False)
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert SocialAccount.objects.get().extra_data == {}
    assert client.session.get_expiry_age() <= settings.SESSION_COOKIE_AGE


def test_the_request_has_a_proof_key_and_ignores_parameters(provider):
    start = Client().get(START, {"next": "//evil.example", "scope": "admin", "process": "connect"})
    sent = parse_qs(urlsplit(start["Location"]).query)
    assert set(sent["scope"][0].split()) == {"openid", "profile", "email"}
    assert sent["response_type"] == ["code"]
    assert sent["code_challenge_method"] == ["S256"]
    assert sent["redirect_uri"] == ["http://testserver/accounts/oidc/callback/"]


def test_the_provider_refuses_a_code_without_its_proof(provider):
    start = Client().get(START)
    code = parse_qs(urlsplit(provider.authorize(start["Location"])).query)["code"][0]
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": "http://testserver/accounts/oidc/callback/",
        "code_verifier": "x" * 64,
    }
    client = (settings.OIDC.client_id, settings.OIDC.client_secret)
    token = requests.post(f"{provider.issuer}/token/", fields, auth=client)
    assert token.json()["error"] == "invalid_grant"


@pytest.mark.parametrize("target", ["//evil.example", "https:evil.example", r"\\evil.example"])
def test_it_never_redirects_to_another_site(provider, target):
    client = Client()
    client.get(START, {"next": target})
    assert "evil" not in str(dict(client.session))


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "another"},
        {"key": "none"},
        {"token": {"exp": int(time.time()) - 60}},
        {"token": {"aud": "another client"}},
        {"token": {"iss": "https://another.example"}},
        {"token": {"nonce": "of another sign-in"}},
        {"token": {"sub": "999"}},
    ],
    ids=lambda wrong: str(*wrong.values()).partition(" ")[0],
)
def test_a_forged_or_expired_token_signs_no_one_in(provider, wrong, caplog):
    provider.control(**wrong)
    client = Client()
    response = sign_in(provider, client)
    assert (response.status_code, FAILED in response.content) == (403, True)
    assert client.get("/form/").status_code == 302
    assert not User.objects.exists()
    assert "Sign-in with OpenID Connect failed:" in caplog.text


def test_an_answer_to_another_browser_is_refused(provider):
    start = Client().get(START)
    answer = Client().get(provider.authorize(start["Location"]))
    assert (answer.status_code, FAILED in answer.content) == (403, True)


def test_an_answer_counts_once(provider):
    client = Client()
    returned = provider.authorize(client.get(START)["Location"])
    assert client.get(returned).status_code == 302
    assert Client().get(returned).status_code == client.get(returned).status_code == 403


def test_a_person_who_denies_is_not_signed_in(provider):
    response = sign_in(provider, answer="deny")
    assert response.status_code == 403
    assert b"was cancelled" in response.content
    assert b"<title>Error: Sign in" in response.content


def test_groups_follow_the_provider_and_local_ones_stay(provider):
    provider.control(users={"alice": {"groups": ["image-reviewers", "image-publishers", "x"]}})
    sign_in(provider)
    assert groups_of("alice") == {"reviewers", "publishers"}
    User.objects.get().groups.add(Group.objects.create(name="local"))
    provider.control(users={"alice": {"groups": ["image-publishers"]}})
    sign_in(provider)
    assert groups_of("alice") == {"publishers", "local"}
    provider.control(users={"alice": {"groups": "image-reviewers"}})
    sign_in(provider)
    assert groups_of("alice") == {"reviewers", "local"}
    provider.control()
    sign_in(provider)
    assert groups_of("alice") == {"local"}


def test_only_the_required_group_may_sign_in(provider, settings):
    settings.OIDC = openid_connect(provider.issuer, required_group="distui")
    page = sign_in(provider)
    assert page.status_code == 403
    assert b"Only members of the group distui may sign in." in page.content
    assert not User.objects.exists()
    provider.control(users={"alice": {"groups": ["distui"]}})
    assert sign_in(provider).status_code == 302


def test_who_left_the_required_group_has_no_rights_and_sessions(provider, settings):
    settings.OIDC = openid_connect(provider.issuer, required_group="distui", admin_group="admins")
    provider.control(users={"alice": {"groups": ["distui", "admins", "image-reviewers"]}})
    here, elsewhere, other = Client(), Client(), Client()
    for client in (here, elsewhere):
        sign_in(provider, client)
    provider.control(users={"bob": {"groups": ["distui"]}})
    sign_in(provider, other, user="bob")
    page = sign_in(provider, here)
    assert (page.status_code, b"Only members of the group distui" in page.content) == (403, True)
    assert [client.get("/form/").status_code for client in (here, elsewhere, other)] == [
        302,
        302,
        200,
    ]
    alice = User.objects.get(username="alice")
    assert (groups_of("alice"), alice.is_superuser, alice.is_staff) == (set(), False, False)


def test_members_of_the_admin_group_are_superusers(provider, settings):
    settings.OIDC = openid_connect(provider.issuer, admin_group="admins")
    provider.control(users={"alice": {"groups": ["admins"]}})
    client = Client()
    sign_in(provider, client)
    assert client.get("/admin/").status_code == 200
    provider.control()
    sign_in(provider)
    assert client.get("/admin/").status_code == 302


def test_an_account_with_a_password_is_not_taken_over(provider, alice):
    page = sign_in(provider)
    assert (page.status_code, b"The username alice belongs to" in page.content) == (403, True)
    alice.set_unusable_password()
    alice.save()
    assert sign_in(provider).status_code == 302
    assert SocialAccount.objects.get().user == alice


def test_a_new_name_at_the_provider_takes_nothing_over(provider):
    sign_in(provider)
    provider.control(users={"bob": {"preferred_username": "alice"}})
    page = sign_in(provider, user="bob")
    assert (page.status_code, b"belongs to another user" in page.content) == (403, True)


@pytest.mark.parametrize("name", ["", "a b", "a" * 151, "a\nb", ["alice"], None])
def test_an_impossible_name_is_refused(name):
    account = SocialAccount(provider="https://provider.example", uid="1")
    with pytest.raises(NotAllowed, match="Example sent"):
        user_for(account, {"sub": "1", "preferred_username": name}, openid_connect())
    assert not User.objects.exists()


def test_an_inactive_user_stays_out(provider):
    sign_in(provider)
    User.objects.update(is_active=False)
    page = sign_in(provider)
    assert (page.status_code, b"user is inactive" in page.content) == (403, True)


def test_a_provider_that_is_down_is_named(provider, settings):
    settings.OIDC = openid_connect("http://127.0.0.1:1")
    page = Client().get(START)
    assert (page.status_code, b"Example can&#x27;t be reached" in page.content) == (503, True)


@pytest.mark.parametrize("path", ["{}/o/authorize", "{}/login"])
def test_another_issuer_or_no_provider_is_refused(provider, settings, path):
    settings.OIDC = openid_connect(path.format(provider.url))
    assert Client().get(START).status_code in (403, 503)


def test_the_sign_in_page_has_a_link(provider, settings):
    link = '<a class="btn btn-primary" href="/accounts/oidc/?next=/form/">Sign in with Example</a>'
    assert link in Client().get("/accounts/login/?next=/form/").content.decode()
    settings.OIDC = None
    assert START not in Client().get("/accounts/login/").content.decode()
    assert Client().get(START).status_code == 404


def test_an_interrupted_form_is_sent_after_signing_in_elsewhere(provider):
    client = Client()
    page = client.post("/form/?a=1", {"name": "typed for hours"})
    assert b'<form class="stack" method="post" action="/form/?a=1">' in page.content
    assert b'<input type="hidden" name="name" value="typed for hours">' in page.content
    sign_in(provider, client)
    assert client.post("/form/?a=1", {"name": "typed for hours"}).status_code == 200


def test_wrong_passwords_do_not_lock_the_provider_out(provider, alice):
    AccessAttempt.objects.create(
        username="alice",
        ip_address="127.0.0.1",
        failures_since_start=settings.AXES_FAILURE_LIMIT,
    )
    right = {"username": "alice", "password": PASSWORD}
    assert Client().post("/accounts/login/", right).status_code == 429
    alice.set_unusable_password()
    alice.save()
    assert sign_in(provider).status_code == 302
