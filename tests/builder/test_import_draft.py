"""``manage.py import_draft``: create a draft from a file, or say why not."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from distui.builder.models import Draft


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "document.json"
    path.write_text('{"name": "golden", "clientToken": "x", "distributions": []}')
    return path


def test_it_prints_the_drafts_id(alice, file, capsys):
    call_command("import_draft", str(file), user="alice")
    out, err = capsys.readouterr()
    assert Draft.objects.get(pk=int(out)).owner == alice
    assert "clientToken" in err


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), ("{", "line 1"), ("[]", "object"), ("Resources:\n", "CloudFormation")],
)
def test_it_says_why_a_file_is_not_importable(alice, file, text, reason):
    file.write_text(text)
    with pytest.raises(CommandError) as caught:
        call_command("import_draft", str(file), user="alice")
    assert caught.value.returncode == 2
    assert reason in str(caught.value)
    assert Draft.objects.count() == 0


def test_it_rejects_an_unknown_file_or_user(alice, file, tmp_path):
    for name, user in ((str(tmp_path / "none"), "alice"), (str(file), "nobody")):
        with pytest.raises(CommandError) as caught:
            call_command("import_draft", name, user=user)
        assert caught.value.returncode == 2


def test_each_configuration_of_a_file_becomes_a_draft(alice, file, capsys):
    text = "name: {}\ndistributions:\n- region: eu-west-1\n  enabled: 1\n"
    file.write_text(f"{text.format('one')}---\n{text.format('two')}")
    call_command("import_draft", str(file), user="alice")
    ids = capsys.readouterr().out.split()
    assert [Draft.objects.get(pk=pk).name for pk in ids] == ["one", "two"]


def test_unresolved_expressions_are_listed(alice, file, capsys):
    file.write_text(
        "Resources:\n  X:\n    Type: AWS::ImageBuilder::DistributionConfiguration\n"
        "    Properties: {Name: one, Description: !GetAtt Y.Arn, Distributions: []}\n"
    )
    call_command("import_draft", str(file), user="alice")
    assert "Line 4: Y.Arn has no value here. Enter /description." in capsys.readouterr().err
