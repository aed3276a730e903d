"""The command ``distui``."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import jsonschema
import pytest

from distui.__main__ import main
from tests.product import ROOT

VALID = ROOT / "tests" / "documents" / "valid" / "everything.json"


def test_lint_needs_neither_settings_nor_a_database(capsys, monkeypatch):
    monkeypatch.setenv("DISTUI_VAR", "/dev/null/none")
    assert main(["lint", "--format", "json", str(VALID)]) == 0
    assert json.loads(capsys.readouterr().out)["valid"] is True


def test_the_environment_selects_the_rules(tmp_path, capsys, monkeypatch):
    document = json.loads(VALID.read_text(encoding="utf-8")) | {"tags": {"cost centre": "4711"}}
    file = tmp_path / "document.json"
    file.write_text(json.dumps(document))
    assert main(["lint", str(file)]) == 0
    monkeypatch.setenv("DISTUI_RULES", "reference")
    assert main(["lint", str(file)]) == 1
    monkeypatch.setenv("DISTUI_RULES", "strict")
    assert main(["lint", str(file)]) == 2
    assert "DISTUI_RULES must be current or reference or sdk" in capsys.readouterr().err


def test_the_environment_adds_regions(tmp_path, monkeypatch):
    region = {"region": "eu-north-9", "amiDistributionConfiguration": {"description": "x"}}
    file = tmp_path / "document.json"
    file.write_text(json.dumps({"name": "abc", "distributions": [region]}))
    assert main(["lint", str(file)]) == 1
    monkeypatch.setenv("DISTUI_EXTRA_REGIONS", "eu-north-9")
    assert main(["lint", str(file)]) == 0


def test_the_schema_is_one_and_knows_the_request(capsys):
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].startswith("urn:")
    validator = jsonschema.Draft202012Validator(schema)
    document = json.loads(VALID.read_text(encoding="utf-8"))
    document.pop("clientToken", None)
    assert validator.is_valid(document)
    assert not validator.is_valid(document | {"distributions": "eu-west-1"})


def test_an_unreadable_file_is_reported_on_stderr_alone(tmp_path, capsys):
    for content in (b'{"name": ', b"\xff\xfe\xff", None):
        file = tmp_path / "document.json"
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_bytes(content)
        assert main(["lint", str(file)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert str(file) in err


def test_manage_runs_a_management_command(capsys, monkeypatch):
    monkeypatch.setattr("django.setup", lambda: None)  # else later tests log to this one's capture
    assert main(["manage", "lint", "--format", "json", str(VALID)]) == 0
    assert json.loads(capsys.readouterr().out)["valid"] is True


def test_an_unknown_command_is_rejected(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["paint"])
    assert "invalid choice" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["schema", "lint --format json big.json"])
def test_a_reader_may_stop_early(command, tmp_path):
    accounts = {"amiDistributionConfiguration": {"targetAccountIds": ["1"] * 1000}}
    (tmp_path / "big.json").write_text(json.dumps({"distributions": [accounts]}))
    given = [sys.executable, "-m", "distui", *command.split()]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        given, cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")
