"""Invalid forms are rejected before a view reads them."""

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
INVALID = {
    "plain text": ("text/plain", b"name=x", 415),
    "JSON": ("application/json", b'{"name": "x"}', 415),
    "no content type": ("", b"name=x", 415),
    "UTF-16": (f"{URLENCODED}; charset=utf-16", b"name=x", 400),
    "UTF-7": (f"{URLENCODED}; charset=utf-7", b"name=x", 400),
    "an unknown charset": (f"{URLENCODED}; charset=bogus", b"name=x", 415),
    "not UTF-8": (URLENCODED, b"name=a%FFb", 422),
    "not UTF-8, not escaped": (URLENCODED, b"name=a\xffb", 422),
    "half a surrogate pair": (URLENCODED, b"name=%ED%A0%80", 422),
    "NUL": (URLENCODED, b"name=a%00b", 422),
    "NUL in a name": (URLENCODED, b"na%00me=b", 422),
    "no boundary": ("multipart/form-data", b"name=x", 400),
    "multipart, truncated": (MULTIPART, PART % b"" + b"a\r\n", 422),
    "multipart, encoded": (MULTIPART, PART % ENCODED + b"YQ==" + END, 422),
    "multipart, text as a file": (MULTIPART, PART % b'; filename="a.txt"' + b"a" + END, 422),
}


@pytest.mark.parametrize(("content_type", "body", "status"), INVALID.values(), ids=INVALID)
def test_it_rejects_an_invalid_form(alice_client, content_type, body, status):
    response = alice_client.generic("POST", "/form/", body, content_type)
    assert response.status_code == status
    assert b"saved" in response.content


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_it_accepts_utf_8_by_any_name(alice_client, charset):
    body = "name=%C3%BC"
    response = alice_client.generic("POST", "/form/", body, f"{URLENCODED}; charset={charset}")
    assert response.json() == {"name": ["ü"]}


def test_it_rejects_multipart_that_is_not_utf_8(alice_client):
    response = alice_client.generic("POST", "/form/", PART % b"" + b"a\xffb" + END, MULTIPART)
    assert response.status_code == 422


@pytest.mark.parametrize("arrived", [b"name=golden&description=for+al", b""])
def test_it_rejects_a_truncated_form(alice_client, arrived):
    body = b"name=golden&description=for+all"
    connection = {"wsgi.input": BytesIO(arrived)}
    response = alice_client.generic("POST", "/form/", body, URLENCODED, **connection)
    assert response.status_code == 422
    assert b"Incomplete form" in response.content


def test_it_keeps_the_readable_rest(alice_client):
    page = alice_client.post("/form/", b"name=a%FFb&other=typed", content_type=URLENCODED)
    assert b"contain unreadable characters: name." in page.content
    assert page.context["fields"] == [("name", "ab"), ("other", "typed")]


@pytest.mark.parametrize("multipart", [True, False])
def test_it_accepts_a_typed_replacement_character(alice_client, multipart):
    fields = {"name": "a\ufffdb", "other": "\u2028\U0001f600"}
    form = (fields,) if multipart else (urlencode(fields), URLENCODED)
    response = alice_client.post("/form/", *form)
    assert response.json() == {name: [value] for name, value in fields.items()}


def test_it_rejects_a_nul_in_the_query(alice_client):
    assert alice_client.get("/form/?q=%00").status_code == 400
    assert alice_client.get("/form/?%00=q").status_code == 400


def test_a_nul_in_the_path_is_not_found(alice_client):
    assert alice_client.get("/form/%00").status_code == 404
    assert alice_client.get("/static/%00").status_code == 404


def test_it_accepts_a_post_without_a_body(alice_client):
    assert alice_client.post("/form/", b"", content_type="").json() == {}


@pytest.mark.parametrize(
    "path", ["/", "/form/", "/accounts/login/", "/admin/", "/admin/auth/user/"]
)
@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "BREW"])
def test_it_rejects_methods_that_no_page_uses(path, method, admin_client):
    response = admin_client.generic(method, path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
    assert b"distui administration" not in response.content
