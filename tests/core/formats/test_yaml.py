"""YAML of the CLI: scalars are text as written, and mistakes have places."""

from __future__ import annotations

from typing import Any

import pytest

from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import read
from distui.core.formats.reading import Reading

AMI = "/distributions/0/amiDistributionConfiguration"


def region(text: str) -> Reading:
    """Return the reading of a document whose only Region has these lines."""
    lines = "".join(f"  {line}\n" for line in text.splitlines())
    return read(f"name: golden\ndistributions:\n- region: eu-west-1\n{lines}")


@pytest.mark.parametrize(
    ("scalar", "text"),
    [("012345670123", "012345670123"), ("1.10", "1.10"), ("no", "no"), ("0x10", "0x10"),
     ("2024-01-01", "2024-01-01"), ("1e3", "1e3"), ("'5'", "5"), ("!!str 7", "7"),
     ("x-{{ imagebuilder:buildDate }}", "x-{{ imagebuilder:buildDate }}")],
)  # fmt: skip
def test_a_scalar_is_text_as_written(scalar: str, text: str) -> None:
    reading = read(f"tags:\n  key: {scalar}\n")
    assert (reading.document, reading.repairs) == ({"tags": {"key": text}}, ())


@pytest.mark.parametrize(
    ("line", "value", "repair"),
    [
        ("enabled: true", True, ""),
        ("enabled: yes", True, "Read “yes” as true."),
        ("enabled: 'false'", False, "Read “false” as false."),
        ("enabled: perhaps", "perhaps", ""),
        ("maxParallelLaunches: 6", 6, ""),
        ("maxParallelLaunches: '6'", 6, "Read “6” as a number."),
        ("maxParallelLaunches: six", "six", ""),
        ("max_parallel_launches: 6", 6, "Read max_parallel_launches as maxParallelLaunches."),
        ("MaxParallelLaunches: 6", 6, "Read MaxParallelLaunches as maxParallelLaunches."),
    ],
)
def test_the_schema_gives_scalars_their_type(line: str, value: Any, repair: str) -> None:
    reading = region(f"fastLaunchConfigurations:\n- {line}")
    ((_, found),) = reading.document["distributions"][0]["fastLaunchConfigurations"][0].items()
    assert found == value
    assert type(found) is type(value)
    assert [one.message for one in reading.repairs] == ([repair] if repair else [])
    assert all((one.line, one.column) == (5, 5) for one in reading.repairs)


def test_a_scalar_is_read_as_a_list_of_one() -> None:
    reading = region("licenseConfigurationArns: arn:x")
    assert reading.document["distributions"][0]["licenseConfigurationArns"] == ["arn:x"]
    assert "as a list with one item" in str(reading.repairs[0])


def test_an_empty_value_is_left_out_with_a_repair() -> None:
    reading = read("name: golden\ndescription:\ndistributions: []\n")
    assert reading.document == {"name": "golden", "distributions": []}
    assert [(one.pointer, one.line) for one in reading.repairs] == [("/description", 2)]


def test_unknown_members_keep_their_names() -> None:
    reading = region("nonsense:\n  a: [1, true]\n  b: 2")
    assert reading.document["distributions"][0]["nonsense"] == {"a": ["1", "true"], "b": "2"}


def test_a_tag_that_means_another_value_is_unresolved() -> None:
    reading = read("name: !!binary aGk=\ntags: !!python/tuple [a]\ndescription: !!int '7'\n")
    assert reading.document == {"name": "", "description": "7"}
    assert [(one.pointer, one.expression, one.line) for one in reading.unresolved] == [
        ("/name", "!!binary aGk=", 1),
        ("/tags", "!!python/tuple", 2),
    ]


def test_a_list_of_keys_and_values_is_a_map() -> None:
    assert read("tags:\n- Key: a\n  Value: 1\n- {Value: x, Key: b}\n").document == {
        "tags": {"a": "1", "b": "x"}
    }
    for pairs in ("- {Key: a, Value: 1}\n- {Key: a, Value: 2}", "- {Key: a}", "- a"):
        assert isinstance(read(f"tags:\n{pairs}\n").document["tags"], list)


def test_a_response_is_read_without_its_frame() -> None:
    reading = read(
        "requestId: x\ndistributionConfiguration:\n  arn: arn:aws:x\n  dateCreated: now\n"
        "  name: golden\n  distributions: []\n"
    )
    assert reading.document == {"name": "golden", "distributions": []}
    assert "Ignored read-only fields: arn, dateCreated." in reading.notices
    assert dict(reading.places())["/name"] == (5, 3)


def test_a_list_is_read_as_distributions() -> None:
    reading = read("- region: eu-west-1\n- region: eu-west-2\n")
    assert len(reading.document["distributions"]) == 2
    assert "Enter a name" in reading.notices[0]


def test_anchors_and_merged_keys_are_read() -> None:
    reading = read(
        "name: golden\ndistributions:\n- &first\n  region: eu-west-1\n  s3ExportConfiguration:"
        " &s3\n    s3Bucket: one\n- <<: *first\n  region: eu-west-2\n"
    )
    export = {"s3ExportConfiguration": {"s3Bucket": "one"}}
    assert reading.document["distributions"] == [
        {"region": "eu-west-1"} | export,
        {"region": "eu-west-2"} | export,
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: golden\nname: silver\n", "Duplicate key “name” at line 2, column 1"),
        ("name: golden\n  x: y\n", "Invalid YAML: .* at line 2, column 4"),
        ("name: {{ imagebuilder:buildDate }}\n", "begins with {{ in quotes"),
        ("name: *missing\n", "undefined alias|unknown alias"),
        ("? [a]\n: b\nname: x\n", "A key must be a string"),
        ("name: x\n<<: text\n", "<< can only add the entries of a mapping at line 2, column 5"),
        ("name: x\n<<: [{}, [1]]\n", "<< can only add the entries .* at line 2, column 10"),
        ("name: \ud800\n", "Invalid character U\\+D800 at line 1, column 7"),
        ('name: "a\\0b"\n', "Invalid character U\\+0000"),
        ("name: " + "[" * 40 + "]" * 40 + "\n", "more than 32 levels"),
        ("name: x\nnonsense: " + "[" * 20 + "]" * 20 + "\n", "More than 12 levels"),
    ],
)
def test_it_says_where_yaml_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        read(text)


def test_the_text_of_an_error_has_an_excerpt() -> None:
    with pytest.raises(ParseError) as caught:
        read("name: golden\n  x: y\n")
    ((_, marked, *_),) = caught.value.excerpts
    assert (marked.number, marked.marked) == (2, ":")


def test_a_member_in_two_spellings_is_an_error() -> None:
    text = "amiDistributionConfiguration:\n  launchPermission:\n    UserIds: [a]\n    userIds: [b]"
    with pytest.raises(ParseError, match="UserIds and userIds are the same member at line 7"):
        region(text)
