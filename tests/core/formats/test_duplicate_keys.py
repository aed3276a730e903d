"""JSON in which an object has a key more than once: the last value is taken, none is lost."""

from __future__ import annotations

import json

import pytest

from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import read, read_all

REQUEST = """{
  "name": "golden",
  "description": "first",
  "description": "second",
  "distributions": [{"region": "eu-west-1"}, {"region": "eu-west-2", "region": "eu-west-3"}]
}"""


def repairs(reading):
    """Return pointer, line and value of what is not taken."""
    return [(one.pointer, one.line, one.written) for one in reading.repairs]


def test_the_last_value_is_taken_and_the_others_are_listed():
    reading = read(REQUEST)
    assert reading.document == json.loads(REQUEST)
    assert repairs(reading) == [
        ("/description", 3, "first"),
        ("/distributions/1/region", 5, "eu-west-2"),
    ]
    assert str(reading.repairs[0]) == (
        "Line 3: “description” is “first” here and “second” on line 4: the last one is taken."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"name": "a",\n"name": "b",\n"name": "c"}', [("/name", 1, "a"), ("/name", 2, "b")]),
        ('{"tags": {"a": "1"},\n"tags": {"a": "2"}}', [("/tags", 1, {"a": "1"})]),
        (
            '{"tags": {"a": "1", "a": "2"},\n"tags": {"a": "3",\n"a": "4"}}',
            [("/tags", 1, {"a": "2"}), ("/tags/a", 2, "3")],
        ),
        ('{"name": "a",\n"\\u006eame": "b"}', [("/name", 1, "a")]),
        ('{"tags": {"a/b": "1", "a/b": null}}', [("/tags/a~1b", 1, "1")]),
        ('// expected\n{"name": "a",\n"name": "b"}', [("/name", 2, "a")]),
        ('{"name": "a", "_": 1, "_": 2}', []),
    ],
    ids=["three", "objects", "nested", "escaped", "slash", "comment", "note"],
)
def test_each_other_value_has_its_place(text, expected):
    assert repairs(read(text)) == expected


def test_pointers_are_those_of_the_configuration():
    configuration = '{"name": "a", "name": "b"}'
    text = f'{{"requestId": "1", "requestId": "2", "distributionConfiguration": {configuration}}}'
    assert repairs(read(text)) == [("", 1, "1"), ("/name", 1, "a")]


def test_each_configuration_of_a_list_has_its_own():
    text = '[{"name": "a", "distributions": []}, {"name": "b", "name": "c", "distributions": []}]'
    assert [repairs(reading) for reading in read_all(text)] == [[], [("/name", 1, "b")]]


def test_a_template_has_the_line_of_a_duplicate_key():
    resource = {"Type": "AWS::ImageBuilder::DistributionConfiguration", "Properties": {"Name": "a"}}
    text = json.dumps({"Resources": {"A": resource}}).replace('"Name"', '"Name": "b",\n"Name"')
    reading = read(text)
    assert reading.document["name"] == "a"
    assert repairs(reading) == [("", 1, "b")]


def test_a_syntax_error_behind_it_is_the_error():
    with pytest.raises(ParseError, match="trailing comma at line 2, column 12"):
        read('{"name": "a",\n"name": "b",}')


def test_more_than_a_hundred_are_refused():
    with pytest.raises(ParseError, match="Duplicate key “name” at line 1, column 15"):
        read("{" + ", ".join(['"name": "a"'] * 102) + "}")
