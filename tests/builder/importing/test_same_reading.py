"""The import page, a paste, ``import_draft`` and ``lint`` say the same of each public case."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict

from distui.builder.importing.batch import Batch
from distui.builder.importing.paste import Paste
from distui.builder.importing.sources import ImportSource
from distui.builder.models import Draft
from distui.cli.findings import findings_in
from distui.core import Context
from distui.core.document import strict_json
from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import pseudo_parameters, read_all
from distui.core.rule_settings.settings import RuleSettings
from tests.documents.public_cases import CASES, public_cases
from tests.factories import make_draft, make_target

UNREADABLE = CASES / "15-ug-fast-launch-broken-json/ami-dist-config-win-faster-launch.json"
FILES = sorted({case.path for case in public_cases()} - {UNREADABLE} | {*CASES.glob("peers/p*")})
SEVERAL = """\
Parameters: {Key: {Type: String}}
Resources:
  First:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties:
      Name: !Sub "first-${AWS::AccountId}"
      Distributions:
        - {region: !Ref AWS::Region, AmiDistributionConfiguration: {KmsKeyId: !Ref Key}}
  Second:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties: {Name: second, Distributions: [{Region: eu-west-1}]}
"""


@pytest.fixture
def rules(alice):
    """Return the rules' context with the target that alice used last."""
    target = make_target()
    make_draft(alice).choose_target(str(target.pk), alice)
    return Context(own_account=target.account, home_region=target.region)


def of_page(content, rules):
    """Return what the import page reads. Raises ``ParseError``."""
    batch = Batch([ImportSource("", content)], rules)
    for unreadable in batch.unreadable:
        raise unreadable.error
    return [candidate.imported for candidate in batch.candidates]


def of_paste(content, rules):
    """Yield what pasting each of the configurations reads. Raises ``ParseError``."""
    post = QueryDict(mutable=True)
    post["document"] = strict_json.decode(content)
    first = Paste.of_post(post, rules)
    if first.batch is None:
        raise first.error
    post["pasted"] = first.digest
    for candidate in first.batch.candidates:
        post["draft"] = candidate.key
        yield Paste.of_post(post, rules).chosen.imported


def of_command(path, capsys):
    """Return the drafts that the command makes."""
    call_command("import_draft", str(path), user="alice")
    return [Draft.objects.get(pk=pk) for pk in capsys.readouterr().out.split()]


def of_lint(content, rules):
    pseudo = pseudo_parameters(rules.own_account, rules.home_region)
    return read_all(content, any_text=True, pseudo=pseudo)


def places(found):
    """Return rules and pointers; a draft has each suggestion once, and an expression as error."""
    return {
        (one.rule, one.severity != "info" and one.rule != "L110" and one.pointer) for one in found
    }


def test_all_four_read_each_case_alike(rules, capsys, tmp_path):
    several = tmp_path / "several.yaml"
    several.write_text(SEVERAL)
    compared = 0
    for path in [*FILES, several]:
        content = path.read_bytes()
        page, drafts = of_page(content, rules), of_command(path, capsys)
        assert page == [*of_paste(content, rules)]
        assert [one.reading for one in page] == of_lint(content, rules)
        assert [one.text for one in page] == [draft.text for draft in drafts]
        for one, draft in zip(page, drafts, strict=True):
            if all(change.line for change in one.changes):  # a draft has all that lint checks
                found = places(findings_in(one.reading, rules, RuleSettings()))
                assert places(draft.analyze(rules).findings.all) == found, path
                compared += 1
    assert compared > 20
    assert [draft.name for draft in drafts] == [f"first-{rules.own_account}", "second"]


def test_all_four_say_why_a_file_is_unreadable(rules, capsys):
    content, found = UNREADABLE.read_bytes(), []
    for read in (of_page, lambda *given: [*of_paste(*given)], of_lint):
        with pytest.raises(ParseError) as caught:
            read(content, rules)
        found.append(str(caught.value))
    with pytest.raises(CommandError) as refused:
        of_command(UNREADABLE, capsys)
    assert {*found, str(refused.value).partition(": ")[2]} == {found[0]}
    assert "line 18, column 49" in found[0]
