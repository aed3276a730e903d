"""Fields: what is typed becomes what the document holds, and nothing is lost on the way."""

from __future__ import annotations

import pytest

from distui.builder.forms.fields import field_for
from distui.core.schema import shapes


def member(shape: str, name: str):
    return shapes.shape(shape).members[name]


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


GROUPS = {
    "choices": [("all", "all: everyone")],
    "absent": "the AMI is not public",
}


def groups():
    return field_for(member("LaunchPermissionConfiguration", "userGroups"), **GROUPS)


@pytest.mark.parametrize(
    "value", [["all"], ["ALL"], ["all", "all"], ["all", "us east"], ["<b>&"], ["für alle"]]
)
def test_a_list_of_few_choices_is_a_select_that_keeps_any_other_list(value):
    field = groups()
    shown = field.prepare_value(value)
    html = field.widget.render("groups", shown)
    assert "selected>" in html
    assert ("(not allowed)" in html) == (value != ["all"])
    assert field.clean(shown.replace("\n", "\r\n")) == value


def test_a_list_of_few_choices_can_be_absent():
    assert groups().clean("") is None
    html = groups().widget.render("groups", groups().prepare_value(None))
    assert '<option value="" selected>Not set: the AMI is not public</option>' in html


def test_a_choice_says_what_its_absence_means():
    said = "AWS takes true, the new version becomes the default"
    field = field_for(member("LaunchTemplateConfiguration", "setDefaultVersion"), absent=said)
    assert f'<option value="" selected>Not set: {said}</option>' in field.widget.render("x", None)
    assert field.clean("") is None
    plain = field_for(member("FastLaunchConfiguration", "enabled"))
    assert '<option value="" selected>Not set</option>' in plain.widget.render("x", None)
