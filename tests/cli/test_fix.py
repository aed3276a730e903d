"""``lint --fix``: JSON and YAML keep their layout, and what can't be edited is named."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from distui.__main__ import main
from distui.cli.fix import fix as fixed
from distui.core import check
from distui.core.document.patch import apply_patch
from distui.core.formats.registry import write
from distui.core.formats.syntax.editing import CannotEdit, edited
from tests.core.rules.mistakes import MISTAKES, planted
from tests.documents.public_cases import CASES

TEXT = """{
  "name":   "golden",

  "distributions": [
    {"region": "eu-west-1", "amiDistributionConfiguration": {
        "name": "golden-{{ imagebuilder:buildDate }}",
        "launchPermissions": { "userIds" : ["012345678901"] },
        "description": ""
    }}
  ]
}
"""
RENAMED = TEXT.replace("launchPermissions", "launchPermission")
FIXED = RENAMED.replace('},\n        "description": ""', "}")


def fix(path: Path, text: str, capsys: Any) -> tuple[int, str, str]:
    """Return the exit status, the file's text afterwards, and standard error."""
    path.write_text(text)
    status = main(["lint", "--fix", str(path)])
    return status, path.read_text(), capsys.readouterr().err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TEXT, FIXED),
        # A response is read without its empty members, which have no findings then.
        (
            f'{{"distributionConfiguration":\n{TEXT}}}',
            f'{{"distributionConfiguration":\n{RENAMED}}}',
        ),
    ],
    ids=["request", "response"],
)
def test_the_layout_stays(before: str, after: str, tmp_path: Path, capsys: Any) -> None:
    status, text, err = fix(tmp_path / "a.json", before, capsys)
    assert (status, text) == (0, after)
    assert "Fixed L059 at /distributions/0/amiDistributionConfiguration/launchPermissions." in err


def test_a_file_without_fixes_is_not_written(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "a.json"
    path.write_text(FIXED)
    path.chmod(0o400)
    before = path.stat().st_mtime_ns
    assert main(["lint", "--fix", str(path)]) == 0
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        ("", "utf-8"),
        ("\ufeff", "utf-8"),
        ("\ufeff", "utf-16-le"),
        ("\ufeff", "utf-16-be"),
        ("", "utf-16-le"),
        ("\ufeff", "utf-32-be"),
    ],
)
def test_encoding_and_mode_stay(mark: str, encoding: str, tmp_path: Path, capsys: Any) -> None:
    path, link = tmp_path / "a.json", tmp_path / "link.json"
    path.write_bytes((mark + TEXT.replace("\n", "\r\n")).encode(encoding))
    path.chmod(0o640)
    link.symlink_to(path)
    assert main(["lint", "--fix", str(link)]) == 0
    assert path.read_bytes() == (mark + FIXED.replace("\n", "\r\n")).encode(encoding)
    assert (path.stat().st_mode & 0o777, link.is_symlink()) == (0o640, True)
    assert sorted(tmp_path.iterdir()) == [path, link]


YAML = """# Golden images
name: golden   # the name
distributions:
  # Ireland
  - region: eu-west-1   # home
    nonsense: 1   # goes with its line
    # the AMI
    amiDistributionConfiguration:
      name: 'golden-{{ imagebuilder:buildDate }}'
      launchPermissions:   # who may launch
        userIds:
        # first
        - "3210-9876-5432"   # team a
  -   region: eu-central-1
      launchPermission:
        userIds: ['321098765432']   # team b
      amiDistributionConfiguration: {}
  - nonsense: 1
    region: eu-west-2
    amiDistributionConfiguration: {name: "x-{{ imagebuilder:buildDate }}", description: ""}
"""
YAML_FIXED = """# Golden images
name: golden   # the name
distributions:
  # Ireland
  - region: eu-west-1   # home
    # the AMI
    amiDistributionConfiguration:
      name: 'golden-{{ imagebuilder:buildDate }}'
      launchPermission:   # who may launch
        userIds:
        # first
        - "321098765432"   # team a
  -   region: eu-central-1
      amiDistributionConfiguration:
        launchPermission:
          userIds: ['321098765432']   # team b
  - region: eu-west-2
    amiDistributionConfiguration: {name: "x-{{ imagebuilder:buildDate }}"}
"""


def test_yaml_keeps_comments_and_layout(tmp_path: Path, capsys: Any) -> None:
    assert fix(tmp_path / "a.yaml", YAML, capsys)[:2] == (0, YAML_FIXED)


TEMPLATE = """Parameters:
  Key: {Type: String, Default: bad key}
Resources:
  One: &one
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties:
      Name: one
      Distributions:
        - AmiDistributionConfiguration: {KmsKeyId: !Ref Key, TargetAccountIds: []}
          Region: eu-west-1
  Two:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties:
      Name: two
      Distributions:
        - Region: eu-west-1
          AmiDistributionConfiguration:
            LaunchPermissionConfiguration: {UserIds: [3210-9876-5432]}
            KmsKey: !GetAtt Key.Arn # ours
"""


def test_each_resource_of_a_template_is_fixed(tmp_path: Path, capsys: Any) -> None:
    status, after, err = fix(tmp_path / "a.yaml", TEMPLATE, capsys)
    expected = TEMPLATE.replace(", TargetAccountIds: []", "").replace(
        "3210-9876-5432", "'321098765432'"
    )
    assert (status, after) == (1, expected)  # a key that isn't one
    assert "Fixed L011 at /distributions/0/amiDistributionConfiguration/launchPermission" in err
    assert " of Two." in err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.tf",
            'resource "aws_imagebuilder_distribution_configuration" "x" {\n  nonsense = 1\n}\n',
        ),
        ("alias.yaml", "x: &x {nonsense: 1, region: eu-west-1}\nname: a\ndistributions: [*x]\n"),
        (
            "tag.yaml",
            "Name: a\nDistributions:\n- Region: a\n  AmiDistributionConfiguration:\n"
            "    TargetAccountIds: [!Sub 3210-9876-5432]\n",
        ),
    ],
)
def test_it_says_what_it_cannot_edit(name: str, text: str, tmp_path: Path, capsys: Any) -> None:
    status, after, err = fix(tmp_path / name, text, capsys)
    assert (status, after) == (1, text)
    assert re.search("Can't fix L0[0-9]+ at .* in this file.", err)


STEP = 1 if os.environ.get("ROUND_TRIPS") else 5  # all of them take long
FIXABLE = [
    document
    for document in map(planted, MISTAKES)
    if any(f.severity == "error" and len(f.fixes) == 1 for f in check(document))
    and not re.search(r"\\u(0000|d800)", json.dumps(document))  # no file has these
]


@pytest.mark.parametrize("format", ["yaml", "cloudformation", "cloudformation-json"])
def test_every_fix_is_possible_in_a_file(format: str) -> None:
    for document in FIXABLE[::STEP]:
        text = write(format, document).text
        notices = fixed("a", text.encode(), lambda found: check(found.document)).notices
        assert not [notice for notice in notices if notice.startswith("Can't")], document


def test_a_list_of_distributions_is_edited(tmp_path: Path, capsys: Any) -> None:
    text = json.dumps(json.loads(TEXT)["distributions"])
    _, after, _ = fix(tmp_path / "a.json", text, capsys)
    assert '"launchPermission": {' in after


def test_all_misspelled_members_are_renamed(tmp_path: Path, capsys: Any) -> None:
    (path,) = (CASES / "14-cli-update-body").glob("update.json")
    _, after, err = fix(tmp_path / "update.json", path.read_text(), capsys)
    assert err.count("Fixed L059") == 3
    regions = json.loads(after)["distributions"]
    expected = json.loads((path.parent / "expected.json").read_text())["document"]["distributions"]
    assert regions == expected


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row[0])
def test_the_text_is_edited_as_the_document(row: Any) -> None:
    document = planted(row)
    for text in (json.dumps(document), json.dumps(document, indent=2)):
        for patch in [patch for found in check(document) for patch in found.fixes]:
            assert json.loads(edited(text, patch)) == apply_patch(document, patch)


@pytest.mark.parametrize(
    ("text", "step", "after"),
    [
        ('{"a": 1}', {"op": "replace", "path": "/a", "value": [2]}, '{"a": [2]}'),
        ('{"a": 1}', {"op": "add", "path": "/b", "value": 2}, '{"a": 1, "b": 2}'),
        ("{}", {"op": "add", "path": "/b", "value": 2}, '{"b": 2}'),
        ('{\n "a": 1\n}', {"op": "add", "path": "/b", "value": 2}, '{\n "a": 1,\n "b": 2\n}'),
        ('{"a": 1, "b": 2}', {"op": "remove", "path": "/a"}, '{"b": 2}'),
        ('{"a": 1, "b": 2}', {"op": "remove", "path": "/b"}, '{"a": 1}'),
        ('{"a": [1]}', {"op": "remove", "path": "/a/0"}, '{"a": []}'),
        ('{"a": 1}', {"op": "move", "from": "/a", "path": "/b"}, '{"b": 1}'),
        ('{"a": 1, "b": {}}', {"op": "move", "from": "/a", "path": "/b/c"}, '{"b": {"c": 1}}'),
        ('{"a/b": "\\u0041{"}', {"op": "replace", "path": "/a~1b", "value": 1}, '{"a/b": 1}'),
    ],
)
def test_a_step_edits_the_text(text: str, step: Any, after: str) -> None:
    assert edited(text, [step]) == after


@pytest.mark.parametrize("path", ["/b", "/a/b", "/a/0"])
def test_a_place_that_is_not_there_is_refused(path: str) -> None:
    with pytest.raises(CannotEdit):
        edited('{"a": []}', [{"op": "remove", "path": path}])
