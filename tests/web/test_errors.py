"""Error pages."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client

from distui.web import errors


def test_a_missing_page_is_not_found(alice_client):
    response = alice_client.get("/nothing/")
    assert response.status_code == 404
    assert b"Page not found" in response.content
    assert b"alice" in response.content


def test_a_403_page_shows_the_reason(alice_client):
    response = alice_client.get("/deny/")
    assert response.status_code == 403
    assert b"Only the owner can do this." in response.content


def test_a_500_page_shows_the_logged_error_id(csrf_client, caplog):
    response = csrf_client.get("/crash/")
    error_id = next(record.args[0] for record in caplog.records if record.name == errors.__name__)
    assert response.status_code == 500
    assert f"error {error_id}".encode() in response.content
    assert b"planned error" not in response.content


@pytest.mark.parametrize(
    ("limit", "fields"),
    [
        ("DATA_UPLOAD_MAX_NUMBER_FIELDS", {f"f{number}": "" for number in range(20)}),
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", {"name": "x" * 100}),
    ],
)
def test_a_form_that_is_too_large_is_413(csrf_client, settings, limit, fields):
    setattr(settings, limit, 10)
    response = csrf_client.post("/form/", fields)
    assert response.status_code == 413
    assert b"Form too large" in response.content


def test_htmx_shows_the_message_in_the_current_page(alice_client):
    response = alice_client.get("/nothing/", headers={"HX-Request": "true"})
    assert response["HX-Retarget"] == "#notices"
    assert response["HX-Reselect"] == "#problem"
    assert b'id="problem"' in response.content


@pytest.mark.django_db
def test_an_unknown_host_is_rejected():
    response = Client(headers={"host": "evil.example"}).get("/accounts/login/")
    assert response.status_code == 400
    assert b"evil.example" not in response.content


def test_a_rejected_body_is_not_the_next_request(csrf_client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    body, connection = b"name=" + b"x" * 100, BytesIO(b"name=" + b"x" * 100 + b"GET / HTTP/1.1")
    content_type = "application/x-www-form-urlencoded"
    response = csrf_client.generic(
        "POST", "/form/", body, content_type, **{"wsgi.input": connection}
    )
    assert response.status_code == 413
    assert connection.read() == b"GET / HTTP/1.1"
