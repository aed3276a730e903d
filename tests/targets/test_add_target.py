"""The command that adds a target."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from distui.targets.models import Target
from tests.sandbox_process import ROOT
from tests.targets.conftest import ACCOUNT

ROLE_ARN = "arn:aws:iam::123456789012:role/publisher"


def error_of(*arguments):
    """Run the command. Return its error message and exit code."""
    with pytest.raises(CommandError) as caught:
        call_command("add_target", *arguments)
    return str(caught.value), caught.value.returncode


@pytest.mark.django_db
def test_it_resolves_the_account_and_prints_the_target(sandbox, capsys):
    call_command("add_target", "practice", "--region", "us-east-1", "--sandbox")
    added = Target.objects.get()
    assert (added.name, added.kind, added.region) == ("practice", "sandbox", "us-east-1")
    assert (added.account, added.partition) == (ACCOUNT, "aws")
    assert capsys.readouterr().out == (
        f"Added target practice: account {ACCOUNT}, home Region us-east-1. Usable by:"
        " Superusers only.\n"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "fields"),
    [
        ([], {"kind": "chain"}),
        (["--profile", "p"], {"kind": "profile", "profile": "p"}),
        (["--role-arn", ROLE_ARN], {"kind": "role", "role_arn": ROLE_ARN, "external_id": ""}),
        (
            ["--role-arn", ROLE_ARN, "--external-id", "abc"],
            {"kind": "role", "role_arn": ROLE_ARN, "external_id": "abc"},
        ),
    ],
)
def test_it_does_not_connect_if_the_account_is_given(arguments, fields):
    given = ["--region", "cn-north-1", "--account", "012345678901", *arguments]
    call_command("add_target", "production", *given)
    added = Target.objects.get(**fields)
    assert (added.account, added.partition) == ("012345678901", "aws-cn")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--region", "eu-wst-1"], "Unknown Region “eu-wst-1”. Did you mean eu-west-1?"),
        (
            ["--region", "eu-west-1", "--account", "1"],
            "“1” isn't an account ID. Account IDs have 12 digits.",
        ),
        (
            ["--region", "eu-west-1", "--external-id", "abc"],
            "only Assume role can have an external ID",
        ),
        (["--region", "eu-west-1", "--sandbox"], "AWS can't be reached."),
        (["--region", "eu-west-1", "--profile", "nobody"], "no usable credentials"),
    ],
)
def test_it_adds_nothing_and_prints_the_error(no_sandbox, arguments, text):
    message, code = error_of("production", *arguments)
    assert text in message
    assert code == 2
    assert not Target.objects.exists()


@pytest.mark.django_db
def test_it_takes_a_roles_account_from_its_arn(no_sandbox, capsys):
    given = ("--region", "eu-west-1", "--role-arn", ROLE_ARN, "--external-id", "abc")
    call_command("add_target", "production", *given)
    assert Target.objects.get().account == "123456789012"
    output = capsys.readouterr()
    assert "account 123456789012, home Region eu-west-1" in output.out
    assert "Warning: Could not assume the role: " in output.err


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "audience"),
    [
        (["--everyone"], "Everyone"),
        (["--group", "publishers", "--group", "night shift"], "Groups: night shift, publishers"),
    ],
)
def test_it_sets_who_may_use_the_target(arguments, audience, capsys):
    for name in ("publishers", "night shift"):
        Group.objects.create(name=name)
    given = ["--region", "eu-west-1", "--account", "123456789012"]
    call_command("add_target", "production", *given, *arguments)
    assert Target.objects.get().audience == audience
    assert f"Usable by: {audience}." in capsys.readouterr().out


@pytest.mark.django_db
def test_it_rejects_an_unknown_group():
    given = ("--region", "eu-west-1", "--account", "123456789012", "--group", "publisher")
    message = "Unknown group “publisher”. Add it in the admin first."
    assert error_of("production", *given) == (message, 2)
    assert not Target.objects.exists()


@pytest.mark.django_db
def test_it_rejects_a_taken_name():
    Target.objects.create(name="production", region="eu-west-1")
    given = ("--region", "eu-west-1", "--account", "123456789012")
    assert error_of("production", *given) == ("A target with this name already exists.", 2)


@pytest.mark.process
def test_its_process_exits_with_that_code(tmp_path):
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
