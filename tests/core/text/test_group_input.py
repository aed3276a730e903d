"""Members of a group, read from lists and tables of many formats."""

from __future__ import annotations

import pytest

from distui.core.text.group_input import NotTextError, decode_upload, read_accounts, read_regions

A, B, C = "072964183051", "735018462939", "418273950164"
ORGANIZATION = (
    '"Account ID","ARN","Email","Name","Status","Joined timestamp"\n'
    f'"{A}","arn:aws:organizations::{C}:account/o-abc/{A}","a@x","gauges, prod","ACTIVE",'
    '"2021-03-04T10:11:12Z"\n'
    f'"{B}","arn:aws:organizations::{C}:account/o-abc/{B}","b@x","portal","ACTIVE",'
    '"2021-03-04T10:11:12Z"\n'
)


@pytest.mark.parametrize(
    "text",
    [
        f"{A}\n{B}",
        f"{A}, {B}",
        f"{A};{B}",
        f"{A}\t{B}\n",
        f"{A},\n{B},\n",
        f"Account\n{A}\n{B}",
        f"Account,Name\n{A},gauges\n{B},portal",
        f"gauges,{A}\nportal,{B}",
        f"Name;Account id\r\ngauges;{A}\r\n;{B}\r\n",
        f"Name\tAccount\ngauges\t0729-6418-3051\nportal\t{B}",
        f'Name,Account\n"Acme, Inc.","{A}"\n"say ""hi""",{B}',
        f"Account,Payer\n{A},{C}\n{B},{C}",
        f'Account,Name\n="{A}",gauges\n="{B}",portal',
        ORGANIZATION,
    ],
)
@pytest.mark.parametrize("uploaded", [False, True])
def test_it_finds_accounts_in_lists_and_tables(text, uploaded):
    found = read_accounts(text, uploaded=uploaded)
    assert (found.items, found.errors) == ([A, B], [])


def test_it_reads_all_cells_of_a_grid():
    assert read_accounts(f"{A},{B}\n{C},001234567012").items == [A, B, C, "001234567012"]


def test_notices_name_the_column_and_skipped_lines():
    found = read_accounts(f"Name,Account id\ngauges,{A}\nportal,n/a\ntotal,\nagain,{A}\n")
    assert found.items == [A]
    assert found.notices == [
        "Read from column “Account id”.",
        "Skipped lines 3 (“n/a”), 4 (empty): not account IDs.",
        f"Removed duplicates of {A}.",
    ]


@pytest.mark.parametrize("uploaded", [False, True])
def test_a_mixed_text_is_read_without_loss(uploaded):
    found = read_accounts(f"{A}, {B} 12345\nname,id\nx,{C}", uploaded=uploaded)
    assert found.items == [A, B, "12345", "name,id", C]
    assert found.errors == [
        "“12345” has 5 digits; account IDs have 12.",
        "“name,id” isn't a 12-digit account ID.",
    ]
    assert found.notices == [f"Rewrote 1 ID as 12 digits: “x,{C}”."]


def test_an_id_in_another_column_is_named():
    found = read_accounts(f"Account,Payer\n{A},{C}\n{B},{C}\n{C}5,{A}")
    assert found.items == [A, B, f"{C}5"]
    assert found.notices == [
        "Read from column “Account”.",
        f"Not read, since in other columns: {C}.",
    ]


def test_mixed_regions_are_read_without_loss():
    found = read_regions("us-east-1, eu-west-1 local\nx,eu-west-2")
    assert found.items == ["us-east-1", "eu-west-1", "local", "x", "eu-west-2"]
    assert found.errors == ["Unknown Region “local”.", "Unknown Region “x”."]


def test_another_number_beside_an_id_is_an_error():
    found = read_accounts(f"Name,Account\nlab,{A} 12345\nportal,{B}")
    assert found.items == [f"{A} 12345", B]
    assert len(found.errors) == 1


def test_the_ruler_of_a_table_is_not_rewritten():
    found = read_accounts(f"Account\n-------\n{A}")
    assert (found.items, found.notices) == ([A], [])


def test_ids_damaged_by_a_spreadsheet_are_errors():
    found = read_accounts(f"Name,Account\ngauges,72964183051\nportal,7.35018E+11\nlab,{C}")
    assert found.items == ["72964183051", "7.35018E+11", C]
    assert found.errors == [
        "“72964183051” has 11 digits; account IDs have 12.",
        "“7.35018E+11” was rounded by a spreadsheet; its last digits are lost.",
    ]


def test_zeros_are_restored_only_on_request():
    assert read_accounts("72964183051", zeros=True).items == [A]
    assert read_accounts("72964183051").errors == [
        "“72964183051” has 11 digits; account IDs have 12."
    ]


def test_only_uploaded_columns_skip_other_lines():
    text = f"{A}\nn/a\n{B}"
    assert read_accounts(text).errors == ["“n/a” isn't a 12-digit account ID."]
    assert read_accounts(text, uploaded=True).errors == []


def test_a_group_has_at_most_1536_accounts():
    many = [f"{number:012d}" for number in range(1537)]
    assert read_accounts("\n".join(many[:-1])).errors == []
    assert read_accounts("\n".join(many)).errors == ["1,537 accounts exceed the maximum of 1,536."]


def test_only_the_first_errors_are_listed():
    found = read_accounts(" ".join(map(str, range(7))))
    assert len(found.errors) == 6
    assert found.errors[-1] == "2 more entries aren't valid."


@pytest.mark.parametrize(
    "text",
    [
        "eu-west-1 us-east-1",
        "EU-WEST-1\nus-east-1\neu-west-1",
        "Region\neu-west-1\nus-east-1",
        "Code,Name\neu-west-1,Europe (Ireland)\nus-east-1,US East",
        "Ireland\teu-west-1\nVirginia\tus-east-1",
        '["eu-west-1", "us-east-1"]',
    ],
)
@pytest.mark.parametrize("uploaded", [False, True])
def test_it_finds_regions_in_lists_and_tables(text, uploaded):
    found = read_regions(text, uploaded=uploaded)
    assert (found.items, found.errors) == (["eu-west-1", "us-east-1"], [])


def test_unknown_regions_are_errors_with_a_suggestion():
    found = read_regions("eu-west-1\neu-wst-2\nlocal")
    assert found.errors == [
        "Unknown Region “eu-wst-2”. Did you mean eu-west-2 (London)?",
        "Unknown Region “local”.",
    ]


def test_extra_regions_are_valid():
    assert read_regions("xx-new-1", ["xx-new-1"]).errors == []


@pytest.mark.parametrize(
    "content",
    [
        f"{A}\n{B}".encode("utf-8-sig"),
        f"{A}\n{B}".encode("utf-16"),
        f"Büro,{A}\nÜber,{B}".encode("cp1252"),
        f"{A}\r{B}".encode(),
    ],
)
def test_it_decodes_common_encodings(content):
    assert read_accounts(decode_upload(content), uploaded=True).items == [A, B]


def test_a_workbook_is_rejected():
    with pytest.raises(NotTextError, match="Save the spreadsheet as CSV"):
        decode_upload(b"PK\x03\x04\x14\0\0\0")


@pytest.mark.parametrize(
    "text",
    [
        '"' * 100_000,
        "a,b\n" * 50_000,
        "1234 " * 50_000,
        "\n".join(map(str, range(50_000))),
        ",\n" * 9,
    ],
)
def test_hostile_texts_are_read_safely(text):
    for uploaded in (False, True):
        assert read_accounts(text, uploaded=uploaded).items != [A]
        assert read_regions(text, uploaded=uploaded).items != [A]
