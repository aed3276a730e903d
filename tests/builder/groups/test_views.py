"""Pages of named groups: permissions, and what the form accepts and rejects."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from distui.builder.groups.models import NamedGroup
from tests.builder.groups.conftest import A, B, C, save
from tests.html_forms import rendered_post


def shown_members(answer) -> str:
    return rendered_post(answer.content.decode())["members"].replace("\r\n", "\n")


@pytest.mark.parametrize("number", ["0", "-1", "9" * 20, "9" * 5000, "%00", "x", "1%27"])
def test_unknown_numbers_are_not_found(alice_client, number):
    for path in (f"/groups/{number}/", f"/groups/{number}/delete/"):
        assert alice_client.get(path).status_code == 404
        assert alice_client.post(path).status_code == 404


def test_other_methods_are_rejected(alice_client, group):
    assert alice_client.post("/groups/").status_code == 405
    for path in ("new/", f"{group.pk}/", f"{group.pk}/delete/"):
        assert alice_client.put(f"/groups/{path}").status_code == 405


def test_an_empty_list_has_a_hint(alice_client):
    assert "No groups yet" in alice_client.get("/groups/").content.decode()


def test_the_list_has_the_size_of_each(alice_client, group):
    NamedGroup.objects.create(name="Home", kind="regions", members="eu-west-1")
    page = alice_client.get("/groups/").content.decode()
    assert "2 accounts" in page
    assert "1 Region<" in page


def test_members_can_be_pasted(alice_client, alice):
    answer = save(alice_client, name=" Production ", members=f"{A}, {B};\r\n0729-6418-3051")
    group = NamedGroup.objects.get()
    assert (group.name, group.kind, group.items, group.owner) == (
        "Production",
        "accounts",
        [A, B],
        alice,
    )
    page = alice_client.get(answer["Location"]).content.decode()
    assert "Saved Production: 2 accounts." in page
    assert f"Removed duplicates of {A}." in page


def test_only_the_id_column_of_a_table_is_counted(alice_client):
    table = f"Name,Account,Owner\nprod,{A},x\ntest,{B},y\nold,72964183,z\n"
    page = save(alice_client, name="", members=table).content.decode()
    summary = re.search(r'<p class="list-summary">\s*(.*?)\s*<', page)[1]
    assert summary == "2 entries"


@pytest.mark.parametrize(
    "content",
    [
        f"{A}\n{B}\n",
        f"\ufeffAccount id,Name\r\n{A},gauges\r\n{B},portal\r\n",
        f"Name;Account\ngauges;{A}\nportal;{B}\n",
        f"Name\tAccount\ngauges\t{A}\nportal\t{B}\n",
        f'"Acme, Inc.","{A}"\n"say ""hi""","{B}"\n',
    ],
)
def test_members_can_be_uploaded(alice_client, content):
    assert save(alice_client, name="Production", content=content.encode()).status_code == 302
    assert NamedGroup.objects.get().items == [A, B]


def test_a_file_is_appended_and_skipped_lines_reported(alice_client, group):
    content = f"Name,Account\nlab,{C}\nportal,{B}\ntotal,2\n".encode()
    answer = save(alice_client, f"/groups/{group.pk}/", content=content)
    group.refresh_from_db()
    assert group.items == [A, B, C]
    page = alice_client.get(answer["Location"]).content.decode()
    assert "Read from column “Account”" in page
    assert "line 4 (“2”)" in page


def test_regions_can_be_pasted(alice_client):
    members = "Code,Name\r\nEU-WEST-1,Europe (Ireland)\r\nus-east-1,US East"
    assert save(alice_client, name="Home", kind="regions", members=members).status_code == 302
    assert NamedGroup.objects.get().items == ["eu-west-1", "us-east-1"]


def test_the_maximum_number_of_accounts_fits(alice_client):
    many = "\n".join(f"{number:012d}" for number in range(1536))
    assert save(alice_client, name="All", members=many).status_code == 302
    assert NamedGroup.objects.defer("members").get().count == 1536


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"name": ""}, "Enter a name.", "id_name"),
        ({"name": " \t "}, "Enter a name.", "id_name"),
        ({"name": "x" * 61}, "Too long: 61 characters", "id_name"),
        ({"name": "pro\u200bduction"}, "contains invisible characters", "id_name"),
        ({"name": "a\nb"}, "contains invisible characters", "id_name"),
        ({"name": "production"}, "A group with this name already exists", "id_name"),
        ({"kind": ""}, "Select a type.", "id_kind"),
        ({"kind": "users"}, "Invalid type.", "id_kind"),
        ({"members": ""}, "Enter at least one account ID", "id_members"),
        ({"members": " , ;"}, "Enter at least one account ID", "id_members"),
        ({"members": "72964183051"}, "“72964183051” has 11 digits", "id_members"),
        ({"members": "0123456789012"}, "has 13 digits", "id_members"),
        ({"members": "٠٧٢٩٦٤١٨٣٠٥١"}, "arabic-indic digit zero", "id_members"),
        ({"members": "<script>alert(1)</script>"}, "a 12-digit account ID", "id_members"),
        ({"members": "eu-west-1"}, "a 12-digit account ID", "id_members"),
        (
            {"members": "eu-wst-2", "kind": "regions"},
            "Did you mean eu-west-2 (London)?",
            "id_members",
        ),
        ({"members": A, "kind": "regions"}, "Unknown Region", "id_members"),
        ({"members": "169.254.169.254", "kind": "regions"}, "Unknown Region", "id_members"),
        ({"members": "x" * 500_001}, "at most 500,000 characters", "id_members"),
        (
            {"members": " ".join(f"{n:012d}" for n in range(1537))},
            "exceed the maximum of 1,536",
            "id_members",
        ),
        ({"content": b""}, "This file contains no account ID", "id_file"),
        ({"content": b"Name,City\nx,y\n"}, "This file contains no account ID", "id_file"),
        ({"content": b"PK\x03\x04\0\0"}, "Save the spreadsheet as CSV", "id_file"),
        ({"content": b"x" * 500_001}, "at most 500,000 characters", "id_file"),
    ],
)
def test_errors_are_shown_and_input_retained(alice_client, group, changes, error, field):
    typed = {"name": "Typed", "members": C} | changes
    answer = save(alice_client, **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert error in page
    assert f'id="{field}_error"' in page
    assert page.count("<title>Error: ") == 1
    assert shown_members(answer).strip() == typed["members"].strip()
    assert NamedGroup.objects.get() == group


def test_uploaded_members_are_retained_after_an_error(alice_client):
    answer = save(alice_client, name="", members=A, content=f"Account\n{B}\n72964183051".encode())
    assert answer.status_code == 422
    assert shown_members(answer).split() == [A, B, "72964183051"]


def test_clean_up_restores_zeros_without_saving(alice_client):
    refused = save(alice_client, name="Production", members="72964183051\r\n" + B)
    assert 'value="tidy"' in refused.content.decode()
    cleaned = save(alice_client, op="tidy", name="Production", members="72964183051\r\n" + B)
    assert cleaned.status_code == 200
    assert shown_members(cleaned).split() == [A, B]
    assert "Not saved yet" in cleaned.content.decode()
    assert not NamedGroup.objects.exists()


def test_a_stale_post_does_not_overwrite(alice_client, group):
    late = save(alice_client, f"/groups/{group.pk}/", members=C, version="2020-01-01T00:00:00")
    assert late.status_code == 422
    assert "Someone else saved this group" in late.content.decode()
    assert shown_members(late).strip() == C
    group.refresh_from_db()
    assert group.items == [A, B]
    again = rendered_post(late.content.decode())
    save(alice_client, f"/groups/{group.pk}/", members=C, version=again["version"])
    group.refresh_from_db()
    assert group.items == [C]


def test_a_repeated_field_is_rejected(alice_client):
    answer = alice_client.post(
        "/groups/new/", {"name": ["a", "b"], "kind": "accounts", "members": A}
    )
    assert answer.status_code == 422
    assert "Field sent more than once" in answer.content.decode()
    assert not NamedGroup.objects.exists()


def test_a_name_sent_as_a_file_is_rejected(alice_client):
    file = SimpleUploadedFile("name", b"Production")
    answer = alice_client.post("/groups/new/", {"name": file, "kind": "accounts", "members": A})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("name=a%00b&kind=accounts", "application/x-www-form-urlencoded", 422),
        ("name=%ff&kind=accounts", "application/x-www-form-urlencoded", 422),
        ("{}", "application/json", 415),
        ("x", "text/plain", 415),
        ("x", "multipart/form-data", 400),
        ("members=" + "1" * 6_000_000, "application/x-www-form-urlencoded", 413),
    ],
    ids=["a NUL", "no UTF-8", "JSON", "text", "no boundary", "6 MB"],
)
def test_a_malformed_body_is_rejected(alice_client, body, kind, status):
    answer = alice_client.post("/groups/new/", body, content_type=kind)
    assert answer.status_code == status
    assert not NamedGroup.objects.exists()


def test_a_post_cannot_set_internal_fields(alice_client, alice, charlie):
    save(alice_client, name="Mine", members=A, owner=charlie.pk, id=7, updated_at="2001-01-01")
    group = NamedGroup.objects.get()
    assert group.owner == alice
    assert group.updated_at.year > 2001


def test_a_name_is_escaped(alice_client):
    name = "<b>&\"'</b>"
    save(alice_client, name=name, members=A)
    for path in ("/groups/", f"/groups/{NamedGroup.objects.get().pk}/"):
        page = alice_client.get(path).content.decode()
        assert "<b>" not in page
        assert "&lt;b&gt;" in page
