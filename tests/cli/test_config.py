"""A team's settings: severities, house rules and waivers, from a file."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from distui.__main__ import main
from distui.core.rule_settings.house_rules import HOUSE_RULES
from tests.product import ROOT

AMI = "/distributions/0/amiDistributionConfiguration"
KEY = "arn:aws:kms:eu-west-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab"
DOCUMENT: dict[str, Any] = {
    "name": "golden",
    "tags": {"CostCenter": "4711"},
    "distributions": [
        {
            "region": "eu-west-1",
            "amiDistributionConfiguration": {
                "name": "golden-{{ imagebuilder:buildDate }}",
                "targetAccountIds": ["321098765432", "432109876543"],
                "launchPermission": {
                    "userGroups": ["all"],
                    "organizationArns": [
                        "arn:aws:organizations::210987654321:organization/o-abcde12345"
                    ],
                },
            },
            "ssmParameterConfigurations": [{"parameterName": "/other/golden"}],
        }
    ],
}


@pytest.fixture
def lint(tmp_path: Path, capsys: Any, monkeypatch: Any) -> Any:
    """Return a function that lints a document under settings: status, findings, errors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "images").mkdir()

    def run(settings: str, *options: str, name: str = "distui.toml") -> Any:
        (tmp_path / name).write_text(settings)
        (tmp_path / "images" / "golden.json").write_text(json.dumps(DOCUMENT))
        status = main(["lint", "images/golden.json", "--format", "json", *options])
        out, err = capsys.readouterr()
        findings = json.loads(out)["findings"] if out else []
        return status, {(f["rule"], f["severity"], f["pointer"]) for f in findings}, err

    return run


@pytest.mark.parametrize(
    ("table", "rule", "pointer"),
    [
        ("customer-key-when-shared = true", "H001", f"{AMI}/kmsKeyId"),
        ('regions = ["eu-central-1"]', "H002", "/distributions/0/region"),
        ('accounts = ["321098765432"]', "H003", f"{AMI}/targetAccountIds/1"),
        ('organizations = ["o-other"]', "H004", f"{AMI}/launchPermission/organizationArns/0"),
        ("never-public = true", "H005", f"{AMI}/launchPermission/userGroups/0"),
        ('required-tags = {CostCenter = "[0-9]{5}"}', "H006", "/tags/CostCenter"),
        ('required-tags = {Team = ".*"}', "H006", "/tags"),
        ('required-ami-tags = {Team = ".*"}', "H007", f"{AMI}/amiTags"),
        ('name-pattern = "silver-.*"', "H008", "/name"),
        ('ami-name-pattern = "silver-.*"', "H009", f"{AMI}/name"),
        ('parameter-prefix = "/golden/"', "H010",
         "/distributions/0/ssmParameterConfigurations/0/parameterName"),
        ("max-target-accounts = 1", "H011", f"{AMI}/targetAccountIds"),
    ],
)  # fmt: skip
def test_a_house_rule_reports_what_breaks_it(
    lint: Any, table: str, rule: str, pointer: str
) -> None:
    status, findings, _ = lint(f"[house-rules]\n{table}\n")
    assert {found for found in findings if found[0].startswith("H")} == {(rule, "error", pointer)}
    assert status == 1


@pytest.mark.parametrize(
    "table",
    [
        "customer-key-when-shared = false", 'regions = ["eu-west-1"]',
        'accounts = ["321098765432", "432109876543"]', 'organizations = ["o-abcde12345"]',
        "never-public = false", 'required-tags = {CostCenter = "[0-9]{4}"}',
        'name-pattern = "golden"', 'ami-name-pattern = "golden.*"', 'parameter-prefix = "/other/"',
        "max-target-accounts = 2",
    ],
)  # fmt: skip
def test_a_house_rule_accepts_what_keeps_it(lint: Any, table: str) -> None:
    _, findings, _ = lint(f"[house-rules]\n{table}\n")
    assert {found for found in findings if found[0].startswith("H")} == set()


def test_a_customer_key_may_be_unresolved(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "distui.toml").write_text("[house-rules]\ncustomer-key-when-shared = true\n")
    (tmp_path / "a.tf").write_text(
        'resource "aws_imagebuilder_distribution_configuration" "x" {\n'
        '  distribution {\n    region = "eu-west-1"\n    ami_distribution_configuration {\n'
        '      kms_key_id = aws_kms_key.x.arn\n      target_account_ids = ["321098765432"]\n'
        "    }\n  }\n}\n"
    )
    main(["lint", "a.tf"])
    out = capsys.readouterr().out
    assert "L110" in out
    assert "H001" not in out


def test_a_tag_is_required_beside_an_unresolved_one(
    tmp_path: Path, capsys: Any, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "distui.toml").write_text('[house-rules]\nrequired-tags = {Team = ".*"}\n')
    (tmp_path / "a.tf").write_text(
        'resource "aws_imagebuilder_distribution_configuration" "x" {\n'
        "  tags = { Stage = var.stage }\n}\n"
    )
    main(["lint", "a.tf"])
    assert "error H006 at /tags" in capsys.readouterr().out


def test_a_required_tag_may_be_unresolved(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    tags = '{Owner = "[a-z]+", Team = "[a-z]+"}'
    (tmp_path / "distui.toml").write_text(
        f"[house-rules]\nrequired-tags = {tags}\nrequired-ami-tags = {tags}\n"
    )
    (tmp_path / "a.tf").write_text(
        'variable "o" {}\nresource "aws_imagebuilder_distribution_configuration" "x" {\n'
        '  tags = { Owner = var.o, Team = "x-${var.o}" }\n  distribution {\n'
        '    region = "eu-west-1"\n    ami_distribution_configuration {\n'
        "      ami_tags = { Owner = var.o }\n    }\n  }\n}\n"
    )
    main(["lint", "a.tf"])
    found = [line for line in capsys.readouterr().out.splitlines() if " H0" in line]
    assert found == [
        "a.tf:7:7: error H007 at /distributions/0/amiDistributionConfiguration/amiTags:"
        " The tag “Team” is required."
    ]


def test_severities_change_and_switch_off_rules(lint: Any) -> None:
    _, before, _ = lint("")
    assert ("L016", "warning", f"{AMI}/launchPermission/userGroups") in before
    status, findings, _ = lint(
        '[severities]\nL016 = "error"\nL032 = "off"\nH005 = "info"\n'
        "[house-rules]\nnever-public = true\n"
    )
    found = {rule: severity for rule, severity, _ in findings}
    assert status == 1
    assert (found["L016"], found["H005"]) == ("error", "info")
    assert "L032" in {rule for rule, *_ in before}
    assert "L032" not in found


WAIVER = """
[[waivers]]
rule = "L016"
file = "images/*.json"
pointer = "*/userGroups"
reason = "Our public image"
person = "alice"
expires = {}
"""


@pytest.mark.parametrize(
    ("days", "waives", "expired"), [(0, True, False), (1, True, False), (-1, False, True)]
)
def test_a_waiver_holds_until_its_date(lint: Any, days: int, waives: bool, expired: bool) -> None:
    _, findings, _ = lint(WAIVER.format(date.today() + timedelta(days=days)))
    rules = {rule for rule, *_ in findings}
    assert ("L016" not in rules) is waives
    assert (("L111", "warning", "/waivers/0") in findings) is expired
    assert "L112" not in rules


def test_an_unused_waiver_is_a_finding_at_its_line(tmp_path: Path, lint: Any, capsys: Any) -> None:
    unused = WAIVER.format(date.today()).replace("L016", "L003")
    _, findings, _ = lint(WAIVER.format(date.today()) + unused)
    assert ("L112", "warning", "/waivers/1") in findings
    main(["lint", "images/golden.json"])
    assert f"{tmp_path}/distui.toml:10:1: warning L112 at /waivers/1: " in capsys.readouterr().out
    _, findings, _ = lint(unused.replace("images/*", "other/*"))
    assert "L112" not in {rule for rule, *_ in findings}


def test_pyproject_has_the_same_settings(lint: Any) -> None:
    table = "[tool.distui.house-rules]\nnever-public = true\n"
    _, findings, _ = lint(table, name="pyproject.toml")
    assert "H005" in {rule for rule, *_ in findings}
    _, findings, _ = lint("[tool.other]\n", name="pyproject.toml")
    assert "H005" not in {rule for rule, *_ in findings}


def test_the_file_sets_the_defaults_of_options(lint: Any) -> None:
    table = 'fail-on = "info"\naccount = "321098765432"\nregion = "eu-west-2"\n'
    status, findings, _ = lint(table)
    assert status == 1
    assert "L066" in {rule for rule, *_ in findings}
    assert lint(table, "--fail-on", "error", "--account", "210987654321")[0] == 0


def test_targets_have_names(lint: Any, capsys: Any) -> None:
    targets = '[targets.prod]\naccount = "321098765432"\nregion = "eu-west-1"\n'
    with_target = lint(targets, "--target", "prod")
    assert with_target == lint("", "--account", "321098765432", "--region", "eu-west-1")
    assert with_target[1] != lint(targets)[1]
    options = ("--target", "prod", "--account", "210987654321", "--region", "us-east-1")
    assert lint(targets, *options) == lint("", *options[2:])
    status, _, err = lint(targets, "--target", "test")
    assert status == 2
    assert err.endswith("distui.toml: targets.test does not exist.\n")


def test_the_file_can_be_given(lint: Any, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("[house-rules]\nnever-public = true\n")
    assert "H005" in {rule for rule, *_ in lint("", "--config", "other.toml")[1]}
    status, _, err = lint("", "--config", "none.toml")
    assert (status, err) == (2, "none.toml: No such file or directory\n")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("colour = 1", "colour isn't a known setting"),
        ("[severities]\nL999 = 'off'", "severities.L999 isn't a known setting"),
        ("[severities]\nL016 = 'loud'", "severities.L016 must be error, warning, info or off"),
        ("[house-rules]\nnever-public = 1", "house-rules.never-public must be true or false"),
        ("[house-rules]\nmax-target-accounts = -1", "must be 0 or more"),
        ("[house-rules]\nregions = 'eu'", "must be a list of strings"),
        ("[house-rules]\nname-pattern = '['", "isn't a regular expression"),
        ("[house-rules]\nrequired-tags = 'x'", "must be a table"),
        ("house-rules = 1", "house-rules must be a table"),
        ("waivers = 1", "waivers must be an array of tables"),
        ("[[waivers]]\nrule = 'L016'", r"waivers[0] needs pointer, reason, person, expires"),
        (WAIVER.replace("file", "# file").format("2027-01-01"), "waivers[0] needs file or name"),
        (WAIVER.format("'2027-01-01'"), "waivers[0].expires must be a date such as 2027-01-31"),
        ("account = 1", "account must be a string"),
        ("targets = 1", "targets must be a table"),
        ("[targets.prod]\norganization = 'o'", "targets.prod.organization isn't a known setting"),
        ("[", "distui.toml: "),
    ],
)
def test_a_wrong_setting_is_named(lint: Any, table: str, message: str) -> None:
    status, findings, err = lint(table)
    assert (status, findings) == (2, set())
    assert message in err


def test_the_documentation_has_every_house_rule() -> None:
    page = (ROOT / "docs" / "linting.md").read_text(encoding="utf-8")
    for name, kind in HOUSE_RULES.items():
        assert f"| `{name}` | {kind.id} |" in page
