"""A group's members, out of lists and tables of every make."""

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
def test_accounts_are_found_in_lists_and_tables(text, uploaded):
    found = read_accounts(text, uploaded=uploaded)
    assert (found.items, found.faults) == ([A, B], [])


def test_a_grid_of_accounts_is_taken_whole():
    assert read_accounts(f"{A},{B}\n{C},001234567012").items == [A, B, C, "001234567012"]


def test_what_was_taken_and_skipped_is_told():
    found = read_accounts(f"Name,Account id\ngauges,{A}\nportal,n/a\ntotal,\nagain,{A}\n")
    assert found.items == [A]
    assert found.notices == [
        "Taken from column “Account id”.",
        "Skipped, since no account id stands there: lines 3 (“n/a”), 4 (empty).",
        f"Listed twice, kept once: {A}.",
    ]


def test_ids_that_a_spreadsheet_spoilt_are_faults_and_not_skipped():
    found = read_accounts(f"Name,Account\ngauges,72964183051\nportal,7.35018E+11\nlab,{C}")
    assert found.items == ["72964183051", "7.35018E+11", C]
    assert found.faults == [
        "“72964183051” has 11 digits.",
        "“7.35018E+11” was rounded by a spreadsheet: its last digits are lost.",
    ]


def test_zeros_come_back_when_they_are_asked_for():
    assert read_accounts("72964183051", zeros=True).items == [A]
    assert read_accounts("72964183051").faults == ["“72964183051” has 11 digits."]


def test_in_a_typed_list_nothing_is_skipped_and_in_an_uploaded_column_words_are():
    text = f"{A}\nn/a\n{B}"
    assert read_accounts(text).faults == ["“n/a” is no account id."]
    assert read_accounts(text, uploaded=True).faults == []


def test_there_is_a_largest_group_of_accounts():
    many = [f"{number:012d}" for number in range(1537)]
    assert read_accounts("\n".join(many[:-1])).faults == []
    assert read_accounts("\n".join(many)).faults == [
        "A group has at most 1,536 accounts, not 1,537."
    ]


def test_many_faults_are_told_by_their_first_ones():
    found = read_accounts(" ".join(map(str, range(7))))
    assert len(found.faults) == 6
    assert found.faults[-1] == "And 2 more like these."


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
def test_regions_are_found_in_lists_and_tables(text, uploaded):
    found = read_regions(text, uploaded=uploaded)
    assert (found.items, found.faults) == (["eu-west-1", "us-east-1"], [])


def test_unknown_regions_are_faults_with_what_was_probably_meant():
    found = read_regions("eu-west-1\neu-wst-2\nlocal")
    assert found.faults == [
        "“eu-wst-2” is no Region that is known here. Is it eu-west-2?",
        "“local” is no Region that is known here.",
    ]


def test_regions_newer_than_the_sdk_are_known_where_the_settings_name_them():
    assert read_regions("xx-new-1", ["xx-new-1"]).faults == []


@pytest.mark.parametrize(
    "content",
    [
        f"{A}\n{B}".encode("utf-8-sig"),
        f"{A}\n{B}".encode("utf-16"),
        f"Büro,{A}\nÜber,{B}".encode("cp1252"),
        f"{A}\r{B}".encode(),
    ],
)
def test_a_file_of_any_common_encoding_is_read(content):
    assert read_accounts(decode_upload(content), uploaded=True).items == [A, B]


def test_a_workbook_is_no_text():
    with pytest.raises(NotTextError, match="Save the sheet as CSV"):
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
def test_hostile_texts_are_read_without_fuss(text):
    for uploaded in (False, True):
        assert read_accounts(text, uploaded=uploaded).items != [A]
        assert read_regions(text, uploaded=uploaded).items != [A]
