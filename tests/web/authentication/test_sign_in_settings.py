"""The settings of single sign-on, from the environment."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from distui.web.authentication import sign_in_settings

COMPLETE = {
    "DISTUI_OIDC_ISSUER": "https://login.example/realms/a/",
    "DISTUI_OIDC_CLIENT_ID": "distui",
    "DISTUI_OIDC_CLIENT_SECRET": "s3cret",
    "DISTUI_OIDC_GROUPS": "image-reviewers=reviewers, cn=platform=publishers",
}


@pytest.fixture
def set_variables(monkeypatch):
    """Return a function that sets environment variables."""

    def set_all(values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_all


def test_openid_connect_is_off_without_an_issuer(set_variables):
    set_variables(COMPLETE | {"DISTUI_OIDC_ISSUER": ""})
    assert sign_in_settings.openid_connect() is None


def test_the_groups_are_pairs(set_variables):
    set_variables(COMPLETE)
    oidc = sign_in_settings.openid_connect()
    assert oidc.groups == (("image-reviewers", "reviewers"), ("cn=platform", "publishers"))
    assert oidc.issuer == "https://login.example/realms/a"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DISTUI_OIDC_ISSUER", "http://login.example"),
        ("DISTUI_OIDC_ISSUER", "login.example"),
        ("DISTUI_OIDC_CLIENT_ID", ""),
        ("DISTUI_OIDC_CLIENT_SECRET", ""),
        ("DISTUI_OIDC_GROUPS", "reviewers"),
        ("DISTUI_OIDC_GROUPS", "=reviewers"),
    ],
)
def test_a_wrong_value_is_refused(set_variables, name, value):
    set_variables(COMPLETE | {name: value})
    with pytest.raises(ImproperlyConfigured, match=name):
        sign_in_settings.openid_connect()


@pytest.mark.parametrize(
    ("read", "values", "reason"),
    [
        ("proxy_user_header", {}, "anyone could send"),
        (
            "proxy_user_header",
            COMPLETE | {"DISTUI_PROXY_ADDRESSES": "10.0.0.5"},
            "Set only one of them",
        ),
        (
            "local_accounts",
            {"DISTUI_LOCAL_ACCOUNTS": "false", "DISTUI_PROXY_USER_HEADER": ""},
            "no one could sign in",
        ),
    ],
)
def test_an_unsafe_combination_is_refused(set_variables, read, values, reason):
    set_variables({"DISTUI_PROXY_USER_HEADER": "X-Forwarded-User"} | values)
    with pytest.raises(ImproperlyConfigured, match=reason):
        getattr(sign_in_settings, read)()


def test_the_header_is_found_in_the_environment_of_requests(set_variables):
    set_variables(
        {
            "DISTUI_PROXY_ADDRESSES": "10.0.0.5, 10.1.0.0/16",
            "DISTUI_PROXY_USER_HEADER": "X-Forwarded-User",
        }
    )
    assert sign_in_settings.proxy_user_header() == "HTTP_X_FORWARDED_USER"


def test_the_mail_server_is_a_url(set_variables):
    assert sign_in_settings.email_settings() == {}
    set_variables(
        {
            "DISTUI_EMAIL_URL": "smtp+starttls://distui:p%40ss@mail.example",
            "DISTUI_EMAIL_FROM": "distui@example.com",
        }
    )
    read = sign_in_settings.email_settings()
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"]) == ("mail.example", 587)
    assert (read["EMAIL_HOST_PASSWORD"], read["EMAIL_USE_TLS"]) == ("p@ss", True)


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("mail.example", "a@example.com"),
        ("smtp://mail.example:x", "a@example.com"),
        ("smtp://", "a@example.com"),
        ("smtp://mail.example", ""),
    ],
)
def test_a_wrong_mail_server_is_refused(set_variables, url, sender):
    set_variables({"DISTUI_EMAIL_URL": url, "DISTUI_EMAIL_FROM": sender})
    with pytest.raises(ImproperlyConfigured, match="DISTUI_EMAIL_"):
        sign_in_settings.email_settings()
