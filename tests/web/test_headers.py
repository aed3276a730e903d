"""Every answer carries the security headers, whoever gives it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

ANSWERS = {
    "a page": ("/accounts/login/", 200, {}),
    "health": ("/healthz", 200, {}),
    "a static file": ("/static/distui.css", 200, {}),
    "a redirect": ("/form/", 302, {}),
    "a page that isn't there": ("/nothing/", 404, {}),
    "a foreign host": ("/accounts/login/", 400, {"host": "evil.example"}),
    "the admin": ("/admin/login/", 302, {}),
}


@pytest.mark.parametrize(("path", "status", "headers"), ANSWERS.values(), ids=ANSWERS)
@pytest.mark.django_db
def test_every_answer_has_the_headers(path, status, headers):
    answer = Client(headers=headers).get(path)
    assert answer.status_code == status
    assert_headers(answer)
    answer.close()


@pytest.mark.parametrize(("path", "status"), [("/break/", 500), ("/refuse/", 403)])
def test_failures_have_the_headers(careful_client, path, status):
    answer = careful_client.get(path)
    assert answer.status_code == status
    assert_headers(answer)


def test_too_large_a_form_has_the_headers(careful_client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = careful_client.post("/form/", {"name": "x" * 100})
    assert answer.status_code == 413
    assert_headers(answer)


def assert_headers(answer):
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in answer["Permissions-Policy"]
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: answer[name] for name in expected} == expected


def test_no_cache_keeps_a_page(alice_client):
    assert "no-store" in alice_client.get("/form/")["Cache-Control"]


@pytest.mark.django_db
def test_a_static_file_may_be_cached():
    answer = Client().get("/static/distui.css")
    assert "max-age" in answer["Cache-Control"]
    answer.close()


def test_the_policy_allows_nothing_inline():
    assert settings.CSP_DIRECTIVES["script-src"] == ["'self'"]
    assert settings.CSP_DIRECTIVES["style-src"] == ["'self'"]
