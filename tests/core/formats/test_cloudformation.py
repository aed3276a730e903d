"""CloudFormation: its names, and the functions whose values a template has."""

from __future__ import annotations

import json
from typing import Any

import pytest

from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import read, read_all
from distui.core.formats.reading import Reading

FRAME = """
Parameters:
  Account: {Type: String, Default: '012345678901'}
  Accounts: {Type: CommaDelimitedList, Default: "1, 2"}
  Number: {Type: Number, Default: 7}
  Free: {Type: String}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /name/of/it}
Mappings:
  Keys: {eu-west-1: {Key: mapped}}
Conditions:
  Same: !Equals [!Ref Account, '012345678901']
  Other: !Not [!Condition Same]
  Both: !And [!Condition Same, !Condition Other]
  One: !Or [!Condition Same, !Condition Other]
  Unknown: !Equals [!Ref Free, x]
  Either: !Or [!Condition Unknown, !Condition Same]
  Neither: !And [!Condition Unknown, !Condition Other]
  Round: !Condition Round
Resources:
  Queue: {Type: 'AWS::SQS::Queue'}
  Golden:
    Type: AWS::ImageBuilder::DistributionConfiguration
    DeletionPolicy: Retain
    Properties:
      Name: golden
      Distributions: []
"""


def described(expression: str) -> Reading:
    """Return the reading of a template with this value as the description."""
    return read(f"{FRAME}      Description: {expression}\n")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("!Ref Account", "012345678901"),
        ("!Ref Number", "7"),
        ("{Ref: Account}", "012345678901"),
        ("!Sub '${Account}-${!x}'", "012345678901-${x}"),
        ("!Sub ['${a}-${Account}', {a: !Ref Number}]", "7-012345678901"),
        ("!Join ['-', [a, !Ref Account]]", "a-012345678901"),
        ("!Join ['-', !Ref Accounts]", "1-2"),
        ("!Select [1, !Split ['/', a/b]]", "b"),
        ("!FindInMap [Keys, eu-west-1, Key]", "mapped"),
        ("!If [Same, yes-it-is, no]", "yes-it-is"),
        ("!If [Other, a, b]", "b"),
        ("!If [Both, a, b]", "b"),
        ("!If [One, a, !Ref Free]", "a"),
        ("!If [Either, a, !Ref Free]", "a"),
        ("!If [Neither, a, b]", "b"),
        ("!FindInMap [Keys, us-east-1, Key, {DefaultValue: !Ref Number}]", "7"),
        ("{'Fn::If': [Other, x, !Ref 'AWS::NoValue']}", None),
        ("!Join ['-', [a, !Ref 'AWS::NoValue', b]]", "a-b"),
        ("!Join ['-', [a, !If [Other, x, !Ref 'AWS::NoValue']]]", "a"),
        ("!Sub ['a${b}', {b: !Ref 'AWS::NoValue'}]", "a"),
        ("!Sub 'a${AWS::NoValue}'", "a"),
    ],
)
def test_a_function_of_known_values_is_resolved(expression: str, value: Any) -> None:
    reading = described(expression)
    assert reading.document.get("description") == value
    assert (reading.unresolved, reading.repairs) == ((), ())


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("!Ref Free", "Free"),
        ("!Ref Queue", "Queue"),
        ("!Ref Stored", "Stored"),
        ("!GetAtt Queue.Arn", "Queue.Arn"),
        ("{'Fn::GetAtt': [Queue, Arn]}", "Queue.Arn"),
        ("!Sub '${AWS::Region}'", "AWS::Region"),
        ("!Sub 'a-${Free}-b'", "a-${Free}-b"),
        ("!If [Unknown, a, b]", '{"Fn::If": ["Unknown", "a", "b"]}'),
        ("!If [Round, a, b]", '{"Fn::If": ["Round", "a", "b"]}'),
        ("!ImportValue other", '{"Fn::ImportValue": "other"}'),
        ("!Join ['-', [a, !Ref Free]]", '{"Fn::Join": ["-", ["a", {"Ref": "Free"}]]}'),
        ("!Select [9, [a]]", '{"Fn::Select": ["9", ["a"]]}'),
        ("'{{resolve:ssm:/golden/text:3}}'", "{{resolve:ssm:/golden/text:3}}"),
        ("!FindInMap [Keys, us-east-1, Key]", '{"Fn::FindInMap": ["Keys", "us-east-1", "Key"]}'),
    ],
)
def test_a_function_without_a_value_is_unresolved(expression: str, shown: str) -> None:
    reading = described(expression)
    assert "description" not in reading.document
    ((found),) = reading.unresolved
    assert (found.pointer, found.expression, found.line) == ("/description", shown, 27)


def test_a_function_of_a_dynamic_reference_is_unresolved() -> None:
    users = [{"Fn::Sub": "{{resolve:ssm:/x}}"}, "012345678901"]
    ami = {"LaunchPermissionConfiguration": {"UserIds": users}}
    region = {"Region": "eu-west-1", "AmiDistributionConfiguration": ami}
    reading = read(json.dumps({"Name": "x", "Distributions": [region]}))
    (found,) = reading.document["distributions"]
    permission = found["amiDistributionConfiguration"]["launchPermission"]
    assert permission == {"userIds": ["012345678901"]}
    assert [one.expression for one in reading.unresolved] == ["{{resolve:ssm:/x}}"]


def test_a_resource_without_properties_is_rejected() -> None:
    template = {"Resources": {"X": {"Type": resource("")["Type"], "properties": {"Name": "x"}}}}
    with pytest.raises(ParseError, match="The resource has no Properties at line 1, column 16"):
        read(json.dumps(template))


@pytest.mark.parametrize(
    ("value", "pointers"),
    [
        ("{B: {C: !Ref Free, D: [x, !Ref Free, {E: !Ref Free}]}}", ["B/C", "B/D/1", "B/D/1/E"]),
        ("[!Ref Free, x, !Ref Free]", ["0", "2"]),
        ("{B: !Ref Account, C: !Ref 'AWS::NoValue', D: [!Ref 'AWS::NoValue']}", []),
        ("!Ref Free", [""]),
    ],
)
def test_expressions_in_unknown_values_have_places(value: str, pointers: list[str]) -> None:
    for member in ("Foo", "Name"):  # a member that isn't known, and a value of another type
        text = FRAME.replace("Name: golden", f"{member}: {value}")
        if member == "Name" and value[0] == "!":
            continue
        reading = read(text)
        place = f"/{member}" if member == "Foo" else "/name"
        assert [one.pointer for one in reading.unresolved] == [
            f"{place}/{inner}".rstrip("/") for inner in pointers
        ]
        assert "Ref" not in json.dumps(reading.document)


def test_keys_in_a_list_of_tags_are_resolved() -> None:
    text = f"{FRAME}      Tags: [{{Key: !Ref Account, Value: !Ref Free}}]\n"
    assert [one.pointer for one in read(text).unresolved] == ["/tags/012345678901"]
    unknown = f"{FRAME}      Tags: [{{Key: !Ref Free, Value: x}}]\n"
    assert [one.pointer for one in read(unknown).unresolved] == ["/tags/0/Key"]


def test_other_spellings_of_a_resource_are_repairs() -> None:
    region = {"region": "eu-west-1", "amiDistributionConfiguration": {"ami_tags": {"a": "b"}}}
    properties = {"name": "golden", "Distributions": [region]}
    generic = resource("x") | {"Properties": properties, "Condition": "C", "Metadata": {}}
    reading = read(json.dumps({"Resources": {"Golden": generic}}))
    assert [(one.pointer, one.message) for one in reading.repairs] == [
        ("/name", "Read name, which is Name in this format."),
        ("/distributions/0/region", "Read region, which is Region in this format."),
        (
            "/distributions/0/amiDistributionConfiguration",
            "Read amiDistributionConfiguration, which is AmiDistributionConfiguration in this"
            " format.",
        ),
        ("/distributions/0/amiDistributionConfiguration/amiTags", "Read ami_tags as amiTags."),
    ]
    assert reading.notices == ("Ignored: Condition, Metadata.",)


def test_properties_without_a_value_are_rejected_by_name() -> None:
    text = "Resources:\n  X:\n    Type: AWS::ImageBuilder::DistributionConfiguration\n"
    with pytest.raises(ParseError, match=r"properties of X aren't .* at line 4, column 5"):
        read(f"{text}    Properties: !Ref Free\n")


def test_pseudo_parameters_are_those_of_the_target() -> None:
    text = f"{FRAME}      Description: !Sub '${{AWS::Region}} ${{AWS::AccountId}}'\n"
    pseudo = {"AWS::Region": "eu-west-1", "AWS::AccountId": "012345678901"}
    assert read(text, pseudo=pseudo).document["description"] == "eu-west-1 012345678901"


def resource(name: str) -> dict[str, Any]:
    properties = {"Name": name, "Distributions": [{"Region": "eu-west-1"}]}
    return {"Type": "AWS::ImageBuilder::DistributionConfiguration", "Properties": properties}


def test_json_is_read_too_and_each_resource_is_one_document() -> None:
    template = {"Resources": {"One": resource("one"), "Two": resource("two")}}
    found = read_all(json.dumps(template))
    assert [(one.title, one.document["name"]) for one in found] == [("One", "one"), ("Two", "two")]
    assert {one.kind for one in found} == {"cloudformation"}


def test_a_resource_and_its_properties_are_read_alone() -> None:
    document = {"name": "one", "distributions": [{"region": "eu-west-1"}]}
    assert read(json.dumps(resource("one"))).document == document
    assert read(json.dumps(resource("one")["Properties"])).document == document
    named = json.dumps({"Golden": resource("one")})
    assert (read(named).document, read(named).title) == (document, "Golden")
    assert read("Name: one\nDistributions:\n- Region: eu-west-1\n").document == document


def test_unquoted_ids_in_json_are_repaired() -> None:
    text = json.dumps(resource("one")).replace('"eu-west-1"', '"eu-west-1", "LaunchTemplate'
        'Configurations": [{"AccountId": 123456789012, "SetDefaultVersion": "true"}]')  # fmt: skip
    reading = read(text)
    assert reading.document["distributions"][0]["launchTemplateConfigurations"] == [
        {"accountId": "123456789012", "setDefaultVersion": True}
    ]
    assert [one.message for one in reading.repairs] == [
        "Read 123456789012 as a string.",
        "Read “true” as true.",
    ]


LOOP = """
Transform: AWS::LanguageExtensions
Parameters:
  Stages: {Type: CommaDelimitedList, Default: 'dev, prod'}
  Free: {Type: CommaDelimitedList}
Resources:
  Fn::ForEach::Queues: [Name, !Ref Free, {'${Name}': {Type: 'AWS::SQS::Queue'}}]
  Fn::ForEach::Stages:
    - Stage
    - !Ref Stages
    - Fn::ForEach::Regions:
        - Region
        - [eu-west-1, eu-west-2]
        - ${Stage}&{Region}:
            Type: AWS::ImageBuilder::DistributionConfiguration
            Properties:
              Name: !Sub golden-${Stage}
              Description: in ${Region}
              Distributions: [{Region: !Ref Region}]
"""


def test_each_resource_of_a_loop_is_one_document() -> None:
    found = read_all(LOOP)
    assert [one.title for one in found][:3] == ["deveu-west-1", "deveu-west-2", "prodeu-west-1"]
    assert found[2].document == {
        "name": "golden-prod",
        "description": "in eu-west-1",
        "distributions": [{"region": "eu-west-1"}],
    }
    with pytest.raises(ParseError, match=r"Fn::ForEach::Stages aren't in .* line 8, column 3"):
        read_all(LOOP.replace("!Ref Stages", "!Ref Free"))


def test_a_deep_template_is_read() -> None:
    metadata: Any = "x"
    for _ in range(25):
        metadata = [metadata]
    template = {"Metadata": metadata, "Resources": {"One": resource("one")}}
    assert read(json.dumps(template)).document["name"] == "one"


INCLUDE = "{Name: 'AWS::Include', Parameters: {Location: 's3://bucket/more.yaml'}}"


def test_a_transform_in_a_resource_is_unresolved() -> None:
    template = f"""
Resources:
  Golden:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties:
      Name: golden
      Fn::Transform: {INCLUDE}
      Tags:
        team: images
        Fn::Transform: {INCLUDE}
      Distributions:
        - Region: eu-west-1
          AmiDistributionConfiguration:
            Fn::ForEach::Tags: [Key, [a, b], {{'${{Key}}': x}}]
            Description: d
"""
    reading = read(template)
    assert reading.document == {
        "name": "golden",
        "tags": {"team": "images"},
        "distributions": [
            {"region": "eu-west-1", "amiDistributionConfiguration": {"description": "d"}}
        ],
    }
    ami = "/distributions/0/amiDistributionConfiguration"
    assert [(one.pointer, one.line) for one in reading.unresolved] == [
        ("/Fn::Transform", 7),
        ("/tags/Fn::Transform", 10),
        (f"{ami}/Fn::ForEach::Tags", 14),
    ]
    assert "s3://bucket/more.yaml" in reading.unresolved[0].expression


MACROS = [f"{name} (line 1, column {13 + 5 * n})" for n, name in enumerate("abcdefgh")]


@pytest.mark.parametrize(
    ("transform", "resources", "named"),
    [
        ("''", f"'Fn::Transform': {INCLUDE}", "AWS::Include (line 2, column 13)"),
        ("''", f"One: !Transform {INCLUDE}", "AWS::Include (line 2, column 18)"),
        (
            "''",
            f"'Fn::ForEach::A': [A, [a], {{X: !Transform {INCLUDE}}}]",
            "AWS::Include (line 2, column 44)",
        ),
        (
            "''",
            "One: {Type: 'AWS::CloudFormation::Stack'}",
            "AWS::CloudFormation::Stack (line 2, column 19)",
        ),
        (INCLUDE, "", "AWS::Include (line 1, column 1)"),
        ("['AWS::LanguageExtensions', Own]", "", "Own (line 1, column 40)"),
        ("Own", "", "Own (line 1, column 1)"),
        (str([*"abcdefghijk"]), "", f"{', '.join(MACROS)} and 3 more"),
    ],
)
def test_transforms_and_nested_stacks_are_named(transform: str, resources: str, named: str) -> None:
    notice = f"Not read, because it isn't in this file: {named}."
    template = f"Transform: {transform}\nResources: {{{resources}"
    with pytest.raises(ParseError) as caught:
        read(f"{template}}}")
    assert str(caught.value).endswith(notice)
    golden = f"Golden: {json.dumps(resource('one'))}"
    assert read(f"{template}{', ' if resources else ''}{golden}}}").notices == (notice,)


def test_a_repeated_key_of_tags_in_a_string_is_kept() -> None:
    tags = '{"_a": "1", "_a": "2"}'
    assert read(f"{FRAME}      Tags: '{tags}'\n").document["tags"] == tags


def test_other_transforms_add_no_configuration() -> None:
    vpc = {"Type": "AWS::EC2::VPC", "Properties": {"Fn::Transform": {"Name": "AWS::Include"}}}
    template = {"Resources": {"One": resource("one"), "Vpc": vpc}}
    assert read(json.dumps({"Transform": "AWS::Serverless-2016-10-31", **template})).notices == ()
