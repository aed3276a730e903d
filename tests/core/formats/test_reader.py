"""The one reader: what it recognizes, and where it says that a text can't be read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import read, read_all, read_object
from tests.documents.public_cases import CASES

REGION = {"region": "eu-west-1"}
DOCUMENT = {"name": "golden", "distributions": [REGION]}
TYPE = "AWS::ImageBuilder::DistributionConfiguration"
ARN = "arn:aws:imagebuilder:eu-west-1:210987654321:distribution-configuration/golden"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (DOCUMENT, "api"),
        ({"distributionConfigurationArn": ARN, "distributions": [REGION]}, "api"),
        ({"requestId": "1", "distributionConfiguration": DOCUMENT | {"arn": ARN}}, "get"),
        (DOCUMENT | {"arn": ARN, "dateCreated": "x", "accountId": "210987654321"}, "get"),
        (DOCUMENT | {"arn": ARN, "dateCreated": "x", "tags": {}, "description": ""}, "get"),
    ],
)
def test_it_finds_the_configuration(value: Any, kind: str) -> None:
    for source in (json.dumps(value), json.dumps(value).encode("utf-16"), repr(value)):
        reading = read(source)
        assert (reading.document, reading.kind) == (DOCUMENT, kind)


def test_a_list_of_distributions_lacks_a_name() -> None:
    reading = read(json.dumps([REGION]))
    assert reading.document == {"distributions": [REGION]}
    assert reading.notices == ("Read as the list of distributions. Enter a name.",)


@pytest.mark.parametrize("value", [None, 17, "x", [], [17], [DOCUMENT, 17]])
def test_another_value_is_not_an_object(value: Any) -> None:
    assert read(json.dumps(value)).document == value
    with pytest.raises(ParseError, match="at line 1, column 1"):
        read_object(json.dumps(value))


@pytest.mark.parametrize(
    "text",
    [
        "{'a': datetime.datetime(2024, 1, 1)}",
        "{'a': __import__('os').system('true')}",
        "{'a': 1, 'a': 2}",
        "{'a': b'x'}",
        "{'a': {1: 2}}",
        "{'a': {*[]}}",
        "{'a': 1",
        "[['" + "[" * 5000,
        "{'a': " + "[" * 50 + "]" * 50 + "}",
    ],
)
def test_another_python_value_is_named(text: str) -> None:
    with pytest.raises(ParseError, match="This is a Python value, not JSON") as caught:
        read(text)
    assert caught.value.problems


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Resources:\n  X:\n    Type: AWS::ImageBuilder::Image\n", "template has no resource"),
        ('{"Resources": {}}', "template has no resource of type AWS::ImageBuilder::Dist"),
        ('{"Type": "AWS::ImageBuilder::X", "Properties": {}}', "template has no resource"),
        ('resource "aws_imagebuilder_image" "x" {\n}', "Terraform configuration has no resource"),
        ('{"terraform_version": "1.9", "values": {}}', "plan or state has no resource"),
        ('source "null" "x" {\n}\nbuild {\n}', "Packer template has no source"),
        ("--- \n---\n", "empty"),
        ('{"distributionConfigurationSummaryList": []}', "a response of ListDistributionConfig"),
        ('{"distributionConfigurationArn": "x", "clientToken": "y"}', "a response with only the"),
    ],
)
def test_a_document_without_a_configuration_is_rejected(text: str, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        read(text)


def test_one_of_several_configurations_has_to_be_chosen() -> None:
    text = "name: one\ndistributions: []\n---\nname: two\ndistributions: []\n"
    assert [reading.document["name"] for reading in read_all(text)] == ["one", "two"]
    with pytest.raises(ParseError, match="There are 2 configurations"):
        read(text)


FLOW = "{name: golden, distributions: [{region: eu-west-1}]}"
RESOURCES = {"X": {"Type": TYPE, "Properties": {"Name": "golden", "Distributions": []}}}
FRAMES = {
    "yaml": "name: golden\ndistributions:\n- region: eu-west-1\n",
    "quoted yaml": '"name": golden\n"distributions":\n- region: eu-west-1\n',
    "flow": FLOW,
    "json": json.dumps(DOCUMENT, indent="\t"),
    "template": f"Resources:\n  X:\n    Type: {TYPE}\n    Properties:\n      {FLOW}\n",
    "json template": json.dumps({"Resources": RESOURCES}),
    "template with HCL": "Description: |\n  locals {\n  build {\n"
    f"Resources:\n  X: {{Type: {TYPE}, Properties: {FLOW}}}\n",
    "terraform": 'resource "awscc_imagebuilder_distribution_configuration" "x" {\n'
    '  name = "golden"\n}',
    "packer": 'source "amazon-ebs" "golden" {\n  region = "eu-west-1"\n}\n',
}
ONLY_HASH = ("yaml", "quoted yaml", "template", "template with HCL")  # have no other comments
BEGINNINGS = ("", "\n\n", "# name: {\n", "# a\r\n\r\n# b\r\n", "// x\n/* {\n*/ ")


@pytest.mark.parametrize(
    ("beginning", "name"),
    [
        (beginning, name)
        for beginning in BEGINNINGS
        for name in FRAMES
        if "//" not in beginning or name not in ONLY_HASH
    ],
)
def test_comments_may_precede_every_format(beginning: str, name: str) -> None:
    text = FRAMES[name]
    text = text.replace("\n", "\r\n") if "\r" in beginning else text
    found = read(beginning + text)
    assert found.document == read(text).document
    assert found.document["name"] == "golden"
    lines = beginning.count("\n")
    if (places := dict(read(text).places())) and found.kind != "packer":
        assert found.places()["/name"][0] == places["/name"][0] + lines
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le"):
        assert read((beginning + text).encode(encoding)).document == found.document


def test_comments_in_json_are_ignored_with_a_notice() -> None:
    text = '{ // one\n  "name": "http://x", /* two */\n  # three\n  "distributions": []\n}'
    found = read(text)
    assert found.document == {"name": "http://x", "distributions": []}
    assert found.notices == ("Ignored comments.",)
    assert dict(found.places())["/distributions"] == (4, 3)
    with pytest.raises(ParseError, match="trailing comma at line 2, column 8"):
        read('// one\n{"a": 1,}')


REQUEST, ANSWER = json.dumps(DOCUMENT), json.dumps({"distributionConfiguration": DOCUMENT})


@pytest.mark.parametrize(
    "text",
    [
        f"{REQUEST}\n{REQUEST}",
        f"{ANSWER}{REQUEST}",
        f"---\n{REQUEST}\n---\r\n# x\n{ANSWER}\n...\n",
        f"[{REQUEST}, {ANSWER}]",
        f"- name: golden\n  distributions: [{{region: eu-west-1}}]\n- {ANSWER}\n",
        repr([DOCUMENT, DOCUMENT]),
        json.dumps({"Records": [{"Sns": {"Message": ANSWER}}] * 2}),
    ],
)
def test_several_documents_are_read_one_by_one(text: str) -> None:
    found = read_all(text)
    assert [(one.document, one.title) for one in found] == [(DOCUMENT, "golden")] * 2
    if places := [dict(one.places()).get("/name") for one in found if one.kind != "get"]:
        assert len({*places}) == len(places) or None in places


def test_a_yaml_answer_of_an_image_is_read() -> None:
    text = "image:\n  arn: x\n  distributionConfiguration:\n    arn: y\n    name: golden\n"
    assert read(text).document == {"name": "golden"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{name: \ud800}", r"Invalid character U\+D800 at line 1, column 8"),
        ("name: x\ndistribution$", "Invalid YAML: .* at line"),
        ("---\n{", "Invalid YAML"),
        ("# only a comment", "empty"),
    ],
)
def test_a_broken_text_is_refused_where_it_is_broken(text: str, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        read(text)


def test_a_tab_in_yaml_is_named() -> None:
    with pytest.raises(ParseError, match=r"line 2, column 1\. Indent with spaces, not with tabs"):
        read("distributions:\n\t- region: eu-west-1\n")


def test_every_comma_is_reported_at_once() -> None:
    (file,) = (CASES / "15-ug-fast-launch-broken-json").glob("ami*")
    with pytest.raises(ParseError) as caught:
        read(file.read_bytes())
    assert [(problem.problem, problem.line) for problem in caught.value.problems] == [
        ("trailing comma", 18),
        ("missing comma", 19),
    ]
    marked = [line for lines in caught.value.excerpts for line in lines if line.marked]
    assert [line.number for line in marked] == [18, 19]
    assert marked[0].before.endswith('"launchTemplateVersion": "1"')


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"a": [{"b": 1 ]}', "missing } at line 1, column 16"),
        ('{"a": [{"b": 1]}', "missing } at line 1, column 15"),
        ('{"a": [1, 2\n}', "missing ] at line 2, column 1"),
    ],
)
def test_a_missing_bracket_is_one_problem(text, problem):
    with pytest.raises(ParseError) as caught:
        read(text)
    assert [str(found) for found in caught.value.problems] == [problem]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("[1 2 3]", [(1, 3), (1, 5)]),
        ('{"a": 1,}', [(1, 8)]),
        ('{"a": [1,],\n"b": 2,\n}', [(1, 9), (2, 7)]),
        ('{"a": 1 "b": }', [(1, 8), (1, 14)]),
        ('{"a"', [(1, 5)]),
        ("[1,,2]", [(1, 4)]),
    ],
)
def test_it_reads_on_behind_a_comma(text: str, places: list[tuple[int, int]]) -> None:
    with pytest.raises(ParseError) as caught:
        read(text)
    assert [(problem.line, problem.column) for problem in caught.value.problems] == places


def test_a_long_line_is_cut_around_the_mark() -> None:
    with pytest.raises(ParseError) as caught:
        read('{"a": "' + "x" * 10_000 + '",}')
    ((line,),) = caught.value.excerpts
    assert (len(line.before), line.marked, line.after) == (60, ",", "}")


ANSWERED = {
    "arn": "x",
    "name": "golden",
    "description": "",
    "tags": None,
    "distributions": [
        {
            "region": "eu-west-1",
            "amiDistributionConfiguration": {"amiTags": {}, "launchPermission": {"userIds": []}},
            "licenseConfigurationArns": [],
        }
    ],
}
ENVELOPES: dict[str, Any] = {
    "Get": {"requestId": "r", "distributionConfiguration": ANSWERED},
    "GetImage": {"image": {"name": "image", "distributionConfiguration": ANSWERED}},
    "notification": {
        "Type": "Notification",
        "Message": json.dumps({"name": "image", "distributionConfiguration": ANSWERED}),
    },
}
ENVELOPES["event"] = {"Records": [{"Sns": ENVELOPES["notification"]}]}


@pytest.mark.parametrize("name", ENVELOPES)
def test_a_response_is_read_without_its_empty_members(name: str) -> None:
    reading = read(json.dumps(ENVELOPES[name]))
    assert reading.kind == "get"
    assert reading.notices[-1].startswith("Removed null values and empty")
    regions = [{"region": "eu-west-1", "amiDistributionConfiguration": {}}]
    assert reading.document == {"name": "golden", "distributions": regions}


def test_foreign_members_of_a_request_stay() -> None:
    request = {"name": "golden", "distributions": [], "image": {"a": 1}, "Message": "{"}
    assert read(json.dumps(request)).document == request


def test_one_distribution_is_read_as_a_list() -> None:
    reading = read('{"region": "eu-west-1", "amiDistributionConfiguration": {}}')
    assert [*reading.document] == ["distributions"]
    assert reading.notices == ("Read as one distribution. Enter a name.",)
