"""``manage.py lint``: its output and exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from distui.targets.models import Target
from tests.core.rules.mistakes import (
    DOCUMENTS,
    EVERYTHING,
    MISTAKES,
    Row,
    expected_pointer,
    planted,
)

ROOT = Path(__file__).parent.parent.parent
VALID = DOCUMENTS / "valid" / "everything.json"


def lint(*arguments: str) -> tuple[int, str, str]:
    """Return the command's exit status, standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("lint", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def run(*arguments: str, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process."""
    return subprocess.run(
        [sys.executable, "manage.py", "lint", *arguments],
        cwd=ROOT,
        input=text,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | environment,
        check=False,
    )


def saved(directory: Path, document: Any, name: str = "document.json") -> str:
    path = directory / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row[0])
def test_it_reports_a_mistake_at_its_pointer(row: Row, tmp_path: Path) -> None:
    status, out, _ = lint("--format", "json", saved(tmp_path, planted(row)))
    printed = json.loads(out)
    errors = {(f["rule"], f["pointer"]) for f in printed["findings"] if f["severity"] == "error"}
    assert status == 1
    assert printed["valid"] is False
    assert (row[3], expected_pointer(row)) in errors


def test_a_json_finding_has_its_place(tmp_path: Path) -> None:
    _, out, _ = lint("--format", "json", saved(tmp_path, {"name": "abc", "distributions": []}))
    assert json.loads(out) == {
        "valid": False,
        "findings": [
            {
                "rule": "L003",
                "severity": "error",
                "pointer": "/distributions",
                "message": "Add at least one Region.",
                "line": 1,
                "column": 17,
            }
        ],
    }


def test_a_text_finding_is_one_line(tmp_path: Path) -> None:
    file = saved(tmp_path, {"name": "abc", "distributions": []})
    assert lint(file) == (
        1,
        f"{file}:1:17: error L003 at /distributions: Add at least one Region.\n1 error\n",
        "",
    )


def test_the_text_ends_with_the_counts(tmp_path: Path) -> None:
    _, out, _ = lint(str(VALID), saved(tmp_path, {"name": "abc", "distributions": []}))
    assert re.fullmatch(r"1 error · \d+ warnings · \d+ suggestions?", out.splitlines()[-1])


def test_a_document_without_findings_has_no_problems(tmp_path: Path) -> None:
    ami = {"name": "golden-{{ imagebuilder:buildDate }}", "description": "x"}
    region = {"region": "eu-west-1", "amiDistributionConfiguration": ami}
    file = saved(tmp_path, {"name": "abc", "description": "x", "distributions": [region]})
    assert lint(file) == (0, "No problems found.\n", "")


def test_control_characters_do_not_break_lines(tmp_path: Path) -> None:
    _, out, _ = lint(saved(tmp_path, EVERYTHING | {"tags": {"a\nb\x1b": "", "c": "\r"}}))
    assert "error L068 at /tags/a⟨U+000A⟩b⟨U+001B⟩: " in out
    assert all(": " in line for line in out.splitlines()[:-1])


def test_warnings_are_not_errors(tmp_path: Path) -> None:
    status, out, _ = lint("--format", "json", str(VALID))
    printed = json.loads(out)
    assert (status, printed["valid"]) == (0, True)
    assert {f["severity"] for f in printed["findings"]} == {"warning", "info"}


def test_findings_of_several_files_name_the_file(tmp_path: Path) -> None:
    wrong = saved(tmp_path, {"name": "abc", "distributions": []})
    status, out, _ = lint("--format", "json", str(VALID), wrong)
    assert status == 1
    assert {f["file"] for f in json.loads(out)["findings"]} == {str(VALID), wrong}


def test_an_unreadable_file_exits_with_2(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"name":\n  nonsense}')
    missing = str(tmp_path / "missing.json")
    status, out, err = lint("--format", "json", str(broken), missing, str(VALID))
    assert status == 2
    assert json.loads(out)["valid"] is False
    assert {f["file"] for f in json.loads(out)["findings"]} == {str(VALID)}
    assert f"{broken}: Invalid JSON: expecting value at line 2, column 3." in err
    assert f"{missing}: No such file or directory" in err


@pytest.mark.parametrize("text", ["[]", '"text"', "null", "17"])
def test_a_document_of_another_type_is_an_error(text: str, tmp_path: Path) -> None:
    file = tmp_path / "document.json"
    file.write_text(text)
    status, out, _ = lint("--format", "json", str(file))
    assert (status, json.loads(out)["findings"][0]["pointer"]) == (1, "")


def test_an_unknown_format_is_rejected() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        lint("--format", "xml", str(VALID))


def test_the_settings_select_the_rules(tmp_path: Path, settings: Any) -> None:
    file = saved(tmp_path, EVERYTHING | {"tags": {"cost centre": "4711"}})
    assert lint(file)[0] == 0
    settings.DISTUI_RULES = "reference"
    assert lint(file)[0] == 1


def test_the_settings_add_regions(tmp_path: Path, settings: Any) -> None:
    ami = {"description": "AMI"}
    later = {"region": "eu-north-9", "amiDistributionConfiguration": ami}
    file = saved(tmp_path, {"name": "abc", "distributions": [later]})
    assert lint(file)[0] == 1
    settings.DISTUI_EXTRA_REGIONS = frozenset({"eu-north-9"})
    assert lint(file)[0] == 0


@pytest.mark.process
def test_it_reads_standard_input() -> None:
    ran = run("-", "--format", "json", text=VALID.read_text(encoding="utf-8"))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["valid"] is True


@pytest.mark.process
def test_the_process_exits_with_1_or_2() -> None:
    wrong = json.dumps(EVERYTHING | {"tags": {"cost centre": "4711"}})
    assert run("-", text=wrong).returncode == 0
    assert run("-", text=wrong, DISTUI_RULES="reference").returncode == 1
    ran = run("-", text="{")
    assert ran.returncode == 2
    assert ran.stderr.startswith("-: Invalid JSON")


@pytest.mark.parametrize(("least", "status"), [("error", 0), ("warning", 1), ("info", 1)])
def test_less_than_an_error_can_fail(least: str, status: int) -> None:
    assert lint("--fail-on", least, str(VALID))[0] == status


@pytest.mark.django_db
def test_a_target_is_the_account_and_the_region(tmp_path: Path) -> None:
    Target.objects.create(name="prod", account="210987654321", region="eu-west-1")
    ami = {"name": "a-{{ imagebuilder:buildDate }}", "targetAccountIds": ["210987654321"]}
    region = {"region": "eu-west-1", "amiDistributionConfiguration": ami}
    file = saved(tmp_path, {"name": "abc", "distributions": [region]})
    assert "L066" not in lint(file)[1]
    assert "L066" in lint(file, "--target", "prod")[1]
    with pytest.raises(CommandError, match="Target none does not exist"):
        lint(file, "--target", "none")
