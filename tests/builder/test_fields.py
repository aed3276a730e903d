"""Fields: what is typed becomes what the document holds, and nothing is lost on the way."""

from __future__ import annotations

import pytest

from distui.builder.fields import field_for
from distui.core import spec


def member(shape: str, name: str):
    return spec.shape(shape).members[name]


def typed(shape: str, name: str, text: str):
    return field_for(member(shape, name)).clean(text)


@pytest.mark.parametrize("separator", ["\n", "\r\n", ", ", ";", " ", "\t", " | ", "','", "\n\n"])
def test_account_ids_are_taken_in_whatever_separators_they_were_pasted(separator):
    accounts = [f"{number:012d}" for number in range(1536)]
    pasted = separator.join(accounts)
    assert typed("AmiDistributionConfiguration", "targetAccountIds", pasted) == accounts


def test_a_pasted_json_list_of_account_ids_is_taken():
    pasted = '["001234567012", "123456789012"]'
    assert typed("LaunchPermissionConfiguration", "userIds", pasted) == [
        "001234567012",
        "123456789012",
    ]


def test_items_of_other_lists_are_a_line_each():
    text = "1.0, stable\r\n\r\n latest "
    expected = ["1.0, stable", "latest"]
    assert typed("ContainerDistributionConfiguration", "containerTags", text) == expected


@pytest.mark.parametrize(
    "text", ["١٢", "５", "1_000", "1.0", "+5", "0005", "-0x", "1e3", "9" * 5000]
)
def test_what_is_no_plain_number_stays_as_it_was_typed(text):
    assert typed("FastLaunchConfiguration", "maxParallelLaunches", text) == text


def test_a_plain_number_is_a_number():
    assert typed("FastLaunchConfiguration", "maxParallelLaunches", " 12 ") == 12
    assert typed("FastLaunchConfiguration", "maxParallelLaunches", "0") == 0


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("true", True), ("false", False), ("off", "off"), ("0", "0")]
)
def test_booleans_have_three_values_and_keep_any_other_text(text, value):
    found = typed("FastLaunchConfiguration", "enabled", text)
    assert (found, type(found)) == (value, type(value))


def test_an_enum_keeps_a_value_that_is_not_offered():
    assert typed("S3ExportConfiguration", "diskImageFormat", "vmdk") == "vmdk"
    field = field_for(member("S3ExportConfiguration", "diskImageFormat"))
    assert '<option value="vmdk" selected>' in field.widget.render("format", "vmdk")


def test_line_breaks_are_counted_once():
    text = "\r\n".join(["xy"] * 341) + "\r\n" + "z"
    cleaned = typed("CreateDistributionConfigurationRequest", "description", text)
    assert len(cleaned) == 1024
    assert "\r" not in cleaned


def test_spaces_around_a_name_are_not_meant():
    assert typed("CreateDistributionConfigurationRequest", "name", "abc\n") == "abc"
    assert typed("CreateDistributionConfigurationRequest", "description", " \r\n ") is None


def test_a_structure_has_no_field_of_its_own():
    with pytest.raises(TypeError, match="launchPermission"):
        field_for(member("AmiDistributionConfiguration", "launchPermission"))
