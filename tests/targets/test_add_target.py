"""The command that adds a target."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from distui.targets.models import Target
from tests.sandbox_process import ROOT
from tests.targets.conftest import ACCOUNT

ROLE_ARN = "arn:aws:iam::123456789012:role/publisher"


def refusal(*arguments):
    """The sentence with which the command refuses, and its exit code."""
    with pytest.raises(CommandError) as caught:
        call_command("add_target", *arguments)
    return str(caught.value), caught.value.returncode


@pytest.mark.django_db
def test_it_learns_the_account_and_says_what_was_made(sandbox, capsys):
    call_command("add_target", "practice", "--region", "us-east-1", "--sandbox")
    made = Target.objects.get()
    assert (made.name, made.kind, made.region) == ("practice", "sandbox", "us-east-1")
    assert (made.account, made.partition) == (ACCOUNT, "aws")
    assert capsys.readouterr().out == f"practice: account {ACCOUNT}, home Region us-east-1\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "fields"),
    [
        ([], {"kind": "chain"}),
        (["--profile", "p"], {"kind": "profile", "profile": "p"}),
        (
            ["--role-arn", ROLE_ARN, "--external-id", "abc"],
            {"kind": "role", "role_arn": ROLE_ARN, "external_id": "abc"},
        ),
    ],
)
def test_it_asks_nobody_where_the_account_is_given(arguments, fields):
    given = ["--region", "cn-north-1", "--account", "012345678901", *arguments]
    call_command("add_target", "production", *given)
    made = Target.objects.get(**fields)
    assert (made.account, made.partition) == ("012345678901", "aws-cn")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--region", "eu-wst-1"], "AWS has no Region 'eu-wst-1'. Did you mean eu-west-1?"),
        (["--region", "eu-west-1", "--account", "1"], "An account id has exactly 12 digits."),
        (["--region", "eu-west-1", "--role-arn", ROLE_ARN], "a role its ARN and external id"),
        (["--region", "eu-west-1", "--external-id", "abc"], "a role its ARN and external id"),
        (["--region", "eu-west-1", "--sandbox"], "AWS can't be reached."),
        (["--region", "eu-west-1", "--profile", "nobody"], "no usable credentials"),
    ],
)
def test_it_makes_nothing_and_says_why(no_sandbox, arguments, said):
    sentence, code = refusal("production", *arguments)
    assert said in sentence
    assert code == 2
    assert not Target.objects.exists()


@pytest.mark.django_db
def test_a_roles_account_stands_in_its_arn(no_sandbox, capsys):
    given = ("--region", "eu-west-1", "--role-arn", ROLE_ARN, "--external-id", "abc")
    call_command("add_target", "production", *given)
    assert Target.objects.get().account == "123456789012"
    printed = capsys.readouterr()
    assert printed.out == "production: account 123456789012, home Region eu-west-1\n"
    assert "The role could not be assumed now: " in printed.err


@pytest.mark.django_db
def test_it_refuses_a_name_that_is_taken():
    Target.objects.create(name="production", region="eu-west-1")
    given = ("--region", "eu-west-1", "--account", "123456789012")
    assert refusal("production", *given) == ("There is a target of this name already.", 2)


def test_its_exit_code_is_that_of_the_process(tmp_path):
    environment = os.environ | {"DISTUI_VAR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "manage.py", "add_target", "production"]
    done = subprocess.run(
        [*command, "--profile", "p", "--sandbox"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "not allowed with argument" in done.stderr
