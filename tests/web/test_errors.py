"""Error pages say what happened, in the page's own clothes."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client

from distui.web import errors


def test_a_missing_page_says_so(alice_client):
    answer = alice_client.get("/nothing/")
    assert answer.status_code == 404
    assert b"There is nothing here" in answer.content
    assert b"alice" in answer.content


def test_a_refusal_gives_its_reason(alice_client):
    answer = alice_client.get("/refuse/")
    assert answer.status_code == 403
    assert b"Only the owner may do this." in answer.content


def test_a_failure_shows_the_number_that_is_in_the_log(careful_client, caplog):
    answer = careful_client.get("/break/")
    number = next(record.args[0] for record in caplog.records if record.name == errors.__name__)
    assert answer.status_code == 500
    assert f"error {number}".encode() in answer.content
    assert b"as planned" not in answer.content


@pytest.mark.parametrize(
    ("limit", "fields"),
    [
        ("DATA_UPLOAD_MAX_NUMBER_FIELDS", {f"f{number}": "" for number in range(20)}),
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", {"name": "x" * 100}),
    ],
)
def test_too_much_at_once_is_413(careful_client, settings, limit, fields):
    setattr(settings, limit, 10)
    answer = careful_client.post("/form/", fields)
    assert answer.status_code == 413
    assert b"That is too much at once" in answer.content


def test_htmx_shows_the_message_above_the_page_that_asked(alice_client):
    answer = alice_client.get("/nothing/", headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == "#notices"
    assert answer["HX-Reselect"] == "#problem"
    assert b'id="problem"' in answer.content


@pytest.mark.django_db
def test_a_foreign_host_is_refused():
    answer = Client(headers={"host": "evil.example"}).get("/accounts/login/")
    assert answer.status_code == 400
    assert b"evil.example" not in answer.content


def test_a_body_that_was_refused_is_not_taken_for_the_next_request(careful_client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    form, connection = b"name=" + b"x" * 100, BytesIO(b"name=" + b"x" * 100 + b"GET / HTTP/1.1")
    kind = "application/x-www-form-urlencoded"
    answer = careful_client.generic("POST", "/form/", form, kind, **{"wsgi.input": connection})
    assert answer.status_code == 413
    assert connection.read() == b"GET / HTTP/1.1"
