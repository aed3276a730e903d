"""Bodies that can't be read as text are refused before any view sees them."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode

import pytest

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="name"%b\r\n\r\n'
ENCODED = b"\r\nContent-Transfer-Encoding: base64"
END = b"\r\n--x--\r\n"
# (content type, body, status)
REFUSED = {
    "plain text": ("text/plain", b"name=x", 415),
    "JSON": ("application/json", b'{"name": "x"}', 415),
    "no type": ("", b"name=x", 415),
    "UTF-16": (f"{URLENCODED}; charset=utf-16", b"name=x", 400),
    "UTF-7": (f"{URLENCODED}; charset=utf-7", b"name=x", 400),
    "an unknown charset": (f"{URLENCODED}; charset=bogus", b"name=x", 415),
    "no UTF-8": (URLENCODED, b"name=a%FFb", 422),
    "no UTF-8, not even escaped": (URLENCODED, b"name=a\xffb", 422),
    "half a character pair": (URLENCODED, b"name=%ED%A0%80", 422),
    "NUL": (URLENCODED, b"name=a%00b", 422),
    "NUL in a name": (URLENCODED, b"na%00me=b", 422),
    "no boundary": ("multipart/form-data", b"name=x", 400),
    "multipart, cut off": (MULTIPART, PART % b"" + b"a\r\n", 422),
    "multipart, encoded": (MULTIPART, PART % ENCODED + b"YQ==" + END, 422),
    "multipart, a text as a file": (MULTIPART, PART % b'; filename="a.txt"' + b"a" + END, 422),
}


@pytest.mark.parametrize(("content_type", "body", "status"), REFUSED.values(), ids=REFUSED)
def test_it_refuses(alice_client, content_type, body, status):
    answer = alice_client.generic("POST", "/form/", body, content_type)
    assert answer.status_code == status
    assert b"saved" in answer.content


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_it_takes_utf_8_by_any_name(alice_client, charset):
    body = "name=%C3%BC"
    answer = alice_client.generic("POST", "/form/", body, f"{URLENCODED}; charset={charset}")
    assert answer.json() == {"name": ["ü"]}


def test_multipart_bytes_that_are_no_text_are_refused(alice_client):
    answer = alice_client.generic("POST", "/form/", PART % b"" + b"a\xffb" + END, MULTIPART)
    assert answer.status_code == 422


@pytest.mark.parametrize("arrived", [b"name=golden&description=for+al", b""])
def test_half_a_form_is_no_form(alice_client, arrived):
    body = b"name=golden&description=for+all"
    broken = {"wsgi.input": BytesIO(arrived)}
    answer = alice_client.generic("POST", "/form/", body, URLENCODED, **broken)
    assert answer.status_code == 422
    assert b"cut off" in answer.content


def test_the_readable_rest_is_kept(alice_client):
    page = alice_client.post("/form/", b"name=a%FFb&other=typed", content_type=URLENCODED)
    assert b"They stand in name." in page.content
    assert page.context["fields"] == [("name", "ab"), ("other", "typed")]


@pytest.mark.parametrize("multipart", [True, False])
def test_a_typed_replacement_character_is_text(alice_client, multipart):
    fields = {"name": "a\ufffdb", "other": "\u2028\U0001f600"}
    form = (fields,) if multipart else (urlencode(fields), URLENCODED)
    answer = alice_client.post("/form/", *form)
    assert answer.json() == {name: [value] for name, value in fields.items()}


def test_a_nul_in_the_query_is_refused(alice_client):
    assert alice_client.get("/form/?q=%00").status_code == 400
    assert alice_client.get("/form/?%00=q").status_code == 400


def test_a_nul_in_the_path_leads_nowhere(alice_client):
    assert alice_client.get("/form/%00").status_code == 404
    assert alice_client.get("/static/%00").status_code == 404


def test_a_post_without_a_body_is_no_form(alice_client):
    assert alice_client.post("/form/", b"", content_type="").json() == {}
