"""Reports of ``lint``: places in the user's own file, SARIF and GitHub's commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from distui.__main__ import main
from tests.documents.public_cases import CASES

YAML = """# a comment
name: golden
distributions:
  - region: eu-west-9
    amiDistributionConfiguration:
      name: golden
      targetAccountIds: ['321098765432']
"""
CLOUDFORMATION = """Resources:
  X:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties:
      Name: golden
      Distributions:
        - Region: !Ref AWS::Region
          AmiDistributionConfiguration: {Name: golden, KmsKeyId: !GetAtt Key.Arn}
"""
TERRAFORM = """resource "aws_imagebuilder_distribution_configuration" "x" {
  name = "golden"
  distribution {
    region = "eu-west-9"
    ami_distribution_configuration {
      name = "golden"
    }
  }
}
"""
JSON = """{
  "name": "golden",
  "distributions": [
    {"region": "eu-west-9",
     "amiDistributionConfiguration": {"name": "golden"}}]
}
"""
AMI = "/distributions/0/amiDistributionConfiguration"


def lint(capsys: Any, path: Path, *options: str) -> tuple[int, Any, str]:
    """Return the exit status, the report parsed as JSON if it is, and standard error."""
    status = main(["lint", str(path), *options])
    out, err = capsys.readouterr()
    return status, json.loads(out) if out.startswith("{") else out, err


@pytest.mark.parametrize(
    ("name", "text", "region", "ami_name"),
    [
        ("a.yaml", YAML, (4, 5), (6, 7)),
        ("a.tf", TERRAFORM, (4, 5), (6, 7)),
        ("a.json", JSON, (4, 6), (5, 39)),
        ("list.json", JSON[JSON.index("[") : -3], (2, 6), (3, 39)),
        ("get.json", f'{{"distributionConfiguration":\n{JSON}}}', (5, 6), (6, 39)),
    ],
)
def test_a_finding_is_at_its_line_and_column(
    tmp_path: Path, capsys: Any, name: str, text: str, region: Any, ami_name: Any
) -> None:
    (tmp_path / name).write_text(text)
    _, report, _ = lint(capsys, tmp_path / name, "--format", "json")
    places = {f["pointer"]: (f["line"], f["column"]) for f in report["findings"]}
    assert places["/distributions/0/region"] == region
    assert places[f"{AMI}/name"] == ami_name


def test_an_expression_of_a_template_is_not_an_error(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a.yaml").write_text(CLOUDFORMATION.replace("Name: golden,", ""))
    status, report, _ = lint(capsys, tmp_path / "a.yaml", "--format", "json")
    found = {(f["rule"], f["severity"], f["pointer"], f["line"]) for f in report["findings"]}
    assert status == 0
    assert {place for place in found if place[2].endswith(("region", "kmsKeyId"))} == {
        ("L110", "info", "/distributions/0/region", 7),
        ("L110", "info", f"{AMI}/kmsKeyId", 8),
    }


@pytest.mark.parametrize(
    ("regions", "found"),
    [
        ("[!If [Prod, {Region: eu-west-1}, !Ref 'AWS::NoValue']]", {"L110"}),
        ("[{Region: eu-west-1, AmiDistributionConfiguration: !If [Prod, {}, {}]}]", {"L110"}),
        ("[{Region: eu-west-1, LaunchTemplateConfigurations: [!Ref One]}]", {"L110"}),
        ("[{Region: eu-west-1}, !Ref One]", {"L110", "L005"}),
        ("[{Region: !Ref One}]", {"L110", "L005"}),
    ],
)
def test_members_with_only_expressions_are_not_missing(
    tmp_path: Path, capsys: Any, regions: str, found: set[str]
) -> None:
    properties = f"{{Name: golden, Distributions: {regions}}}"
    type_ = "AWS::ImageBuilder::DistributionConfiguration"
    template = f"Resources: {{X: {{Type: {type_}, Properties: {properties}}}}}"
    (tmp_path / "a.yaml").write_text(template)
    _, report, _ = lint(capsys, tmp_path / "a.yaml", "--format", "json")
    assert {one["rule"] for one in report["findings"]} == found


def test_a_duplicate_key_is_an_error_at_its_last_value(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "a.json"
    path.write_text(JSON.replace('"name": ', '"name": "first",\n"name": ', 1))
    status, report, err = lint(capsys, path, "--format", "json")
    (found,) = [f for f in report["findings"] if f["rule"] == "L107"]
    assert (status, found["severity"], found["pointer"], err) == (1, "error", "/name", "")
    assert "“first” here" in found["message"]
    assert path.read_text().split("\n")[found["line"] - 1].startswith('"name": ')
    assert f"on line {found['line']}" in found["message"]


COMPUTED = {
    "a.yaml": """Parameters:
  Accounts: {Type: CommaDelimitedList, Default: "1, 2"}
Resources:
  X:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties:
      Name: golden
      Distributions:
        - Region: eu-west-1
          AmiDistributionConfiguration:
            TargetAccountIds: !Ref Accounts
""",
    "a.tf": """variable "accounts" { default = ["1"] }
resource "aws_imagebuilder_distribution_configuration" "x" {
  name = "golden"

  distribution {
    region = "eu-west-1"



    ami_distribution_configuration {
      target_account_ids = concat(var.accounts, ["2"])
    }
  }
}
""",
}
COMPUTED["a.tf.json"] = """{"resource": {"aws_imagebuilder_distribution_configuration": {"x": {
  "name": "golden",
  "distribution": {
    "region": "eu-west-1",




    "ami_distribution_configuration": {

      "target_account_ids": "${concat([1], [\\"2\\"])}"
    }
  }
}}}}
"""


@pytest.mark.parametrize("name", COMPUTED)
def test_a_computed_value_is_at_its_expression(name: str, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / name).write_text(COMPUTED[name])
    _, report, _ = lint(capsys, tmp_path / name, "--format", "json")
    assert [f["line"] for f in report["findings"] if f["rule"] == "L011"] == [11, 11]


def test_an_unknown_member_with_an_expression_is_an_error(tmp_path: Path, capsys: Any) -> None:
    text = CLOUDFORMATION.replace("Name: golden,", "KmsKey: !GetAtt Key.Arn,")
    (tmp_path / "a.yaml").write_text(text)
    status, report, _ = lint(capsys, tmp_path / "a.yaml", "--format", "json")
    found = {f["rule"] for f in report["findings"] if f["pointer"] == f"{AMI}/KmsKey"}
    assert (status, found) == (1, {"L059", "L110"})


def test_account_and_region_are_the_target(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a.yaml").write_text(CLOUDFORMATION)
    options = ("--format", "json", "--account", "210987654321", "--region", "eu-west-1")
    _, report, _ = lint(capsys, tmp_path / "a.yaml", *options)
    pointers = {f["pointer"] for f in report["findings"] if f["rule"] == "L110"}
    assert pointers == {f"{AMI}/kmsKeyId"}


def test_an_item_behind_an_expression_is_checked(tmp_path: Path, capsys: Any) -> None:
    text = CLOUDFORMATION.replace(
        "KmsKeyId: !GetAtt Key.Arn", 'TargetAccountIds: [\n  !Ref X,\n  "1"]'
    )
    (tmp_path / "a.yaml").write_text(text)
    _, report, _ = lint(capsys, tmp_path / "a.yaml", "--format", "json")
    line = 1 + text[: text.index("!Ref X")].count("\n")
    found = {(f["rule"], f["line"]) for f in report["findings"] if f["line"] >= line}
    assert {("L110", line), ("L011", line + 1)} <= found


def test_each_configuration_of_a_file_is_checked(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a.tf").write_text(TERRAFORM + TERRAFORM.replace('"x"', '"y"'))
    _, report, _ = lint(capsys, tmp_path / "a.tf")
    lines = [line for line in report.splitlines() if "error L006" in line]
    assert [line.split(":")[1] for line in lines] == ["6", "15"]
    assert "aws_imagebuilder_distribution_configuration.y: " in lines[1]


def test_repairs_are_written_with_their_lines(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a.tf").write_text(TERRAFORM.replace('"eu-west-9"', "12"))
    _, _, err = lint(capsys, tmp_path / "a.tf")
    assert f"{tmp_path}/a.tf: Line 4: Read 12 as a string." in err


def test_github_gets_a_command_for_each_finding(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a,b.yaml").write_text(YAML)
    _, report, _ = lint(capsys, tmp_path / "a,b.yaml", "--format", "github")
    file = f"{tmp_path}/a%2Cb.yaml"
    assert f"::error file={file},line=4,col=5,title=L027::/distributions/0/region: " in report
    assert f"::notice file={file}," in report
    _, report, _ = lint(capsys, tmp_path / "none", "--format", "github")
    assert report == f"::error file={tmp_path}/none::No such file or directory\n"


def test_sarif_has_rules_results_and_places(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a b.yaml").write_text(YAML)
    status, log, _ = lint(capsys, tmp_path / "a b.yaml", "--format", "sarif")
    (run,) = log["runs"]
    assert (status, log["version"]) == (1, "2.1.0")
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(ids) == len(set(ids))
    assert all(ids[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert {result["level"] for result in run["results"]} >= {"error", "note"}
    (region,) = [result for result in run["results"] if result["ruleId"] == "L027"]
    (location,) = region["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": f"{tmp_path}/a%20b.yaml"},
        "region": {"startLine": 4, "startColumn": 5},
    }
    assert run["invocations"][0]["executionSuccessful"] is True


def test_sarif_names_unreadable_files(tmp_path: Path, capsys: Any) -> None:
    status, log, _ = lint(capsys, tmp_path / "none.yaml", "--format", "sarif")
    (invocation,) = log["runs"][0]["invocations"]
    assert (status, invocation["executionSuccessful"]) == (2, False)
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "No such file or directory"


@pytest.mark.parametrize("case", ["01-cfn-yaml-shared-account", "06-tf-examplea"])
def test_places_are_inside_of_the_file(case: str, capsys: Any) -> None:
    (path,) = [one for one in (CASES / case).iterdir() if one.name != "expected.json"]
    lines = path.read_text(encoding="utf-8").splitlines()
    _, report, _ = lint(capsys, path, "--format", "json")
    assert report["findings"]
    for found in report["findings"]:
        assert found["line"] <= len(lines)
        assert found["column"] <= len(lines[found["line"] - 1]) + 1
