"""``distui convert``: its output, messages and exit status."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from distui.__main__ import main
from distui.core.formats.registry import WRITERS
from tests.documents.public_cases import CASES
from tests.product import ROOT

VALID = ROOT / "tests" / "documents" / "valid" / "everything.json"


@pytest.mark.parametrize("format", WRITERS)
def test_lost_and_required_members_are_named_and_fail(format, capsys):
    status = main(["convert", str(VALID), "--to", format])
    out, err = capsys.readouterr()
    loses = format.startswith(("cloudformation", "cdk"))
    requires = format == "terraform"
    assert status == int(loses or requires)
    lost = f"{VALID}: Lost: /distributions/0/s3ExportConfiguration\n"
    assert (lost in err) == loses
    assert ("Missing: terraform requires /distributions/" in err) == requires
    assert "{{ imagebuilder:buildDate }}" in out


def test_the_output_can_be_converted_back(tmp_path, capsys):
    main(["convert", str(VALID), "--to", "terraform"])
    file = tmp_path / "main.tf"
    file.write_text(capsys.readouterr().out)
    assert main(["convert", str(file), "--to", "api"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(VALID.read_text(encoding="utf-8"))


def test_an_existing_configuration_is_imported_by_its_arn(capsys):
    arn = "arn:aws:imagebuilder:eu-west-1:210987654321:distribution-configuration/x"
    main(["convert", str(VALID), "--to", "terraform", "--arn", arn])
    block = "import {\n  to = aws_imagebuilder_distribution_configuration.golden_image\n"
    assert capsys.readouterr().out.startswith(f'{block}  id = "{arn}"\n')
    main(["convert", str(VALID), "--to", "cloudformation", "--arn", arn])
    printed = capsys.readouterr().out
    assert "DeletionPolicy: Retain" in printed
    assert f'"ResourceIdentifier": {{"Arn": "{arn}"}}' in printed


def test_missing_values_are_named_and_fail(capsys):
    (file,) = (CASES / "06-tf-examplea").glob("*.tf")
    assert main(["convert", str(file), "--to", "api"]) == 1
    assert "var.kms_key.arn has no value here" in capsys.readouterr().err


def test_references_to_the_account_and_region_have_values(tmp_path, capsys):
    file = tmp_path / "a.yaml"
    properties = "Name: golden\nDescription: !Ref AWS::AccountId\n"
    file.write_text(f"{properties}Distributions: [{{Region: !Ref AWS::Region}}]\n")
    options = ["--account", "012345678901", "--region", "eu-west-1"]
    assert main(["convert", str(file), "--to", "api", *options]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["description"] == "012345678901"
    assert document["distributions"] == [{"region": "eu-west-1"}]
    assert main(["convert", str(file), "--to", "api"]) == 1


def test_values_that_a_format_requires_are_named(tmp_path, capsys):
    region = {"region": "eu-west-1", "fastLaunchConfigurations": [{"enabled": False}]}
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"name": "golden", "distributions": [region]}))
    assert main(["convert", str(file), "--to", "terraform"]) == 1
    pointer = "/distributions/0/fastLaunchConfigurations/0/accountId"
    assert f"Missing: terraform requires {pointer}." in capsys.readouterr().err


def test_placeholders_of_a_skeleton_are_left_out(capsys):
    assert (
        main(["convert", str(CASES / "11-cli-skeleton-json" / "skeleton.json"), "--to", "yaml"])
        == 0
    )
    out, err = capsys.readouterr()
    assert "KeyName" not in out
    assert "Removed placeholders of the CLI skeleton" in err


def test_an_unreadable_file_exits_with_2(tmp_path, capsys):
    assert main(["convert", str(tmp_path / "none"), "--to", "api"]) == 2
    assert "No such file" in capsys.readouterr().err
    (tmp_path / "list.json").write_text("[]")
    assert main(["convert", str(tmp_path / "list.json"), "--to", "api"]) == 2
    assert "Expected a JSON object" in capsys.readouterr().err


def test_manage_has_the_same_command():
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("convert", str(VALID), to="cloudformation", stdout=out, stderr=err)
    assert out.getvalue().startswith("AWSTemplateFormatVersion")
    assert "Lost: " in err.getvalue()
