"""A form whose token is out of date loses nothing."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from distui.web import resubmit

TYPED = '<script>alert(1)</script>\r\n"quoted" & ünïcode'


def resend(client, page):
    """Post what the page's form holds, as its button would; the answer's fields."""
    context = page.context
    fields = dict(context["fields"]) | {"csrfmiddlewaretoken": str(context["csrf_token"])}
    return client.post(context["path"], fields).json()


def test_what_was_typed_can_be_sent_again(careful_client):
    page = careful_client.post("/form/?a=1", {"name": TYPED, "other": ""})
    assert page.status_code == 403
    assert page.context["path"] == "/form/?a=1"
    assert b"&lt;script&gt;alert(1)" in page.content
    assert b"<script>alert(1)" not in page.content
    answer = resend(careful_client, page)
    assert (answer["name"], answer["other"]) == ([TYPED], [""])


@pytest.mark.parametrize(("files", "told"), [({}, False), ({"file": ContentFile(b"{}")}, True)])
def test_only_a_file_has_to_be_chosen_again(careful_client, files, told):
    page = careful_client.post("/form/", {"name": "x", **files})
    assert (b"A file has to be chosen again" in page.content) is told


def test_fields_sent_more_than_once_stay_so(careful_client):
    page = careful_client.post("/form/", {"region": ["eu-west-1", "us-east-1"]})
    assert page.context["fields"] == [("region", "eu-west-1"), ("region", "us-east-1")]


def test_a_password_is_never_shown(careful_client):
    page = careful_client.post("/form/", {"name": "x", "old_password": "s3cret"})
    assert b"s3cret" not in page.content


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_another_sites_form_is_not_offered(careful_client, origin):
    page = careful_client.post("/form/", {"name": TYPED}, headers={"Origin": origin})
    assert page.status_code == 403
    assert b"Send again" not in page.content
    assert b"alert(1)" not in page.content


def test_too_much_to_keep_is_not_offered(careful_client, monkeypatch):
    monkeypatch.setattr(resubmit, "MAX_CHARACTERS", 10)
    page = careful_client.post("/form/", {"name": "x" * 10})
    assert page.status_code == 403
    assert b"Send again" not in page.content


def test_htmx_shows_the_form_in_the_place_of_the_page(careful_client):
    page = careful_client.post("/form/", {"name": "x"}, headers={"HX-Request": "true"})
    assert (page["HX-Retarget"], page["HX-Reselect"]) == ("#main", "#main")
