"""Fields: typed text becomes a value of the document, and nothing is lost."""

from __future__ import annotations

import pytest

from distui.builder.forms.fields import field_for
from distui.core.schema import shapes


def member(shape: str, name: str):
    return shapes.shape(shape).members[name]


def typed(shape: str, name: str, text: str):
    return field_for(member(shape, name)).clean(text)


@pytest.mark.parametrize("separator", ["\n", "\r\n", ", ", ";", " ", "\t", " | ", "','", "\n\n"])
def test_account_ids_accept_any_separator(separator):
    accounts = [f"{number:012d}" for number in range(1536)]
    pasted = separator.join(accounts)
    assert typed("AmiDistributionConfiguration", "targetAccountIds", pasted) == accounts


def test_a_pasted_json_list_is_accepted():
    pasted = '["001234567012", "123456789012"]'
    assert typed("LaunchPermissionConfiguration", "userIds", pasted) == [
        "001234567012",
        "123456789012",
    ]


def test_commas_and_lines_separate_image_tags():
    text = "1.0, stable\r\n\r\n v-{{ imagebuilder:buildVersion }} "
    expected = ["1.0", "stable", "v-{{ imagebuilder:buildVersion }}"]
    assert typed("ContainerDistributionConfiguration", "containerTags", text) == expected


@pytest.mark.parametrize(
    "text", ["١٢", "５", "1_000", "1.0", "+5", "0005", "-0x", "1e3", "9" * 5000]
)
def test_a_malformed_number_stays_as_typed(text):
    assert typed("FastLaunchConfiguration", "maxParallelLaunches", text) == text


def test_digits_become_a_number():
    assert typed("FastLaunchConfiguration", "maxParallelLaunches", " 12 ") == 12
    assert typed("FastLaunchConfiguration", "maxParallelLaunches", "0") == 0


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("true", True), ("false", False), ("off", "off"), ("0", "0")]
)
def test_booleans_have_three_values_and_retain_other_text(text, value):
    found = typed("FastLaunchConfiguration", "enabled", text)
    assert (found, type(found)) == (value, type(value))


def test_an_enum_retains_an_unknown_value():
    assert typed("S3ExportConfiguration", "diskImageFormat", "vmdk") == "vmdk"
    field = field_for(member("S3ExportConfiguration", "diskImageFormat"))
    assert '<option value="vmdk" selected>' in field.widget.render("format", "vmdk")


def test_line_breaks_count_as_one_character():
    text = "\r\n".join(["xy"] * 341) + "\r\n" + "z"
    cleaned = typed("CreateDistributionConfigurationRequest", "description", text)
    assert len(cleaned) == 1024
    assert "\r" not in cleaned


def test_spaces_around_a_name_are_removed():
    assert typed("CreateDistributionConfigurationRequest", "name", "abc\n") == "abc"
    assert typed("CreateDistributionConfigurationRequest", "description", " \r\n ") is None


def test_a_structure_has_no_field():
    with pytest.raises(TypeError, match="launchPermission"):
        field_for(member("AmiDistributionConfiguration", "launchPermission"))


GROUPS = {
    "choices": [("all", "Public (all)")],
    "empty_label": "Private",
}


def groups():
    return field_for(member("LaunchPermissionConfiguration", "userGroups"), **GROUPS)


@pytest.mark.parametrize(
    "value", [["all"], ["ALL"], ["all", "all"], ["all", "us east"], ["<b>&"], ["für alle"]]
)
def test_a_list_select_retains_other_lists(value):
    field = groups()
    shown = field.prepare_value(value)
    html = field.widget.render("groups", shown)
    assert "selected>" in html
    assert ("(not allowed)" in html) == (value != ["all"])
    assert field.clean(shown.replace("\n", "\r\n")) == value


def test_a_list_select_can_be_absent():
    assert groups().clean("") is None
    html = groups().widget.render("groups", groups().prepare_value(None))
    assert '<option value="" selected>Private</option>' in html


def test_the_empty_choice_has_a_label():
    label = "Default (true)"
    field = field_for(member("LaunchTemplateConfiguration", "setDefaultVersion"), empty_label=label)
    assert f'<option value="" selected>{label}</option>' in field.widget.render("x", None)
    assert field.clean("") is None
    plain = field_for(member("FastLaunchConfiguration", "enabled"))
    assert '<option value="" selected>Not set</option>' in plain.widget.render("x", None)
