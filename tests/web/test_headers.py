"""Every response has the security headers."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

RESPONSES = {
    "a page": ("/accounts/login/", 200, {}),
    "health": ("/healthz", 200, {}),
    "a static file": ("/static/css/site.css", 200, {}),
    "a redirect": ("/form/", 302, {}),
    "a missing page": ("/nothing/", 404, {}),
    "an unknown host": ("/accounts/login/", 400, {"host": "evil.example"}),
    "the admin": ("/admin/login/", 302, {}),
}


@pytest.mark.parametrize(("path", "status", "headers"), RESPONSES.values(), ids=RESPONSES)
@pytest.mark.django_db
def test_every_response_has_the_headers(path, status, headers):
    response = Client(headers=headers).get(path)
    assert response.status_code == status
    assert_headers(response)
    response.close()


@pytest.mark.parametrize(("path", "status"), [("/crash/", 500), ("/deny/", 403)])
def test_error_pages_have_the_headers(csrf_client, path, status):
    response = csrf_client.get(path)
    assert response.status_code == status
    assert_headers(response)


def test_a_413_page_has_the_headers(csrf_client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    response = csrf_client.post("/form/", {"name": "x" * 100})
    assert response.status_code == 413
    assert_headers(response)


def assert_headers(response):
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in response["Permissions-Policy"]
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: response[name] for name in expected} == expected


def test_pages_are_not_cached(alice_client):
    assert "no-store" in alice_client.get("/form/")["Cache-Control"]


@pytest.mark.django_db
def test_static_files_are_cached():
    response = Client().get("/static/css/site.css")
    assert "max-age" in response["Cache-Control"]
    response.close()


def test_the_policy_allows_no_inline_code():
    assert settings.CSP_DIRECTIVES["script-src"] == ["'self'"]
    assert settings.CSP_DIRECTIVES["style-src"] == ["'self'"]
