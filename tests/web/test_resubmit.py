"""The input of a form with an outdated token can be sent again."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from distui.web import resubmit

TYPED = '<script>alert(1)</script>\r\n"quoted" & ünïcode'


def resend(client, page):
    """Post the page's form as its button does; return the fields that the view received."""
    context = page.context
    fields = dict(context["fields"]) | {"csrfmiddlewaretoken": str(context["csrf_token"])}
    return client.post(context["path"], fields).json()


def test_the_input_can_be_sent_again(csrf_client):
    page = csrf_client.post("/form/?a=1", {"name": TYPED, "other": ""})
    assert page.status_code == 403
    assert page.context["path"] == "/form/?a=1"
    assert b"&lt;script&gt;alert(1)" in page.content
    assert b"<script>alert(1)" not in page.content
    response = resend(csrf_client, page)
    assert (response["name"], response["other"]) == ([TYPED], [""])


@pytest.mark.parametrize(("files", "shown"), [({}, False), ({"file": ContentFile(b"{}")}, True)])
def test_it_asks_to_choose_files_again(csrf_client, files, shown):
    page = csrf_client.post("/form/", {"name": "x", **files})
    assert (b"choose the file again" in page.content) is shown


def test_repeated_fields_are_kept(csrf_client):
    page = csrf_client.post("/form/", {"region": ["eu-west-1", "us-east-1"]})
    assert page.context["fields"] == [("region", "eu-west-1"), ("region", "us-east-1")]


def test_a_password_is_never_shown(csrf_client):
    page = csrf_client.post("/form/", {"name": "x", "old_password": "s3cret"})
    assert b"s3cret" not in page.content


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_form_of_another_site_is_not_kept(csrf_client, origin):
    page = csrf_client.post("/form/", {"name": TYPED}, headers={"Origin": origin})
    assert page.status_code == 403
    assert b"Send again" not in page.content
    assert b"alert(1)" not in page.content


def test_a_form_that_is_too_long_is_not_kept(csrf_client, monkeypatch):
    monkeypatch.setattr(resubmit, "MAX_CHARACTERS", 10)
    page = csrf_client.post("/form/", {"name": "x" * 10})
    assert page.status_code == 403
    assert b"Send again" not in page.content


def test_htmx_replaces_the_page_with_the_form(csrf_client):
    page = csrf_client.post("/form/", {"name": "x"}, headers={"HX-Request": "true"})
    assert (page["HX-Retarget"], page["HX-Reselect"]) == ("#main", "#main")
