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
