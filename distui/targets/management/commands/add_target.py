"""``manage.py add_target``: add a target to submit to."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from distui.core.text.characters import quoted
from distui.targets.models import Target
from distui.targets.resolve_account import AccountNotResolved, resolve_account_or_warn

_INVALID = 2


class Command(BaseCommand):
    """Exit code 0: the target was added. 2: it was not, and standard error says why."""

    help = "Add a target: a home Region and the credentials of an AWS account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the target's fields."""
        parser.add_argument("name", help="Display name of the target.")
        parser.add_argument("--region", required=True, help="Home Region, for example eu-west-1.")
        kind = parser.add_mutually_exclusive_group()
        kind.add_argument("--profile", default="", help="Profile of the AWS configuration to use.")
        kind.add_argument("--role-arn", default="", help="ARN of the role to assume.")
        kind.add_argument(
            "--sandbox", action="store_true", help="Use the embedded sandbox account."
        )
        parser.add_argument(
            "--external-id",
            default="",
            help="External ID, if the role's trust policy requires one.",
        )
        parser.add_argument(
            "--account",
            default="",
            help="12-digit account ID (default: determined from the credentials).",
        )
        users = parser.add_mutually_exclusive_group()
        users.add_argument(
            "--group",
            action="append",
            default=[],
            help="Group that can use the target; may be repeated (default: only superusers).",
        )
        users.add_argument(
            "--everyone", action="store_true", help="Let everyone who can sign in use the target."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Add the target. Raises CommandError with exit code 2 if it can't be added."""
        target = Target(
            name=options["name"],
            region=options["region"],
            kind=_kind(options),
            profile=options["profile"],
            role_arn=options["role_arn"],
            external_id=options["external_id"],
            account=options["account"],
            everyone=options["everyone"],
        )
        warning = ""
        try:
            groups = [_find_group(name) for name in options["group"]]
            target.full_clean()
            if not target.account:
                warning = resolve_account_or_warn(target)
        except ValidationError as error:
            message = " ".join(dict.fromkeys(error.messages))
            raise CommandError(message, returncode=_INVALID) from error
        except AccountNotResolved as error:
            raise CommandError(
                f"Can't determine the account ID: {error} Pass it with --account.",
                returncode=_INVALID,
            ) from error
        with transaction.atomic():
            target.save()
            target.groups.set(groups)
        if warning:
            self.stderr.write(f"Warning: {warning}")
        self.stdout.write(
            f"Added target {target}: account {target.account}, home Region {target.region}."
            f" Usable by: {target.audience}."
        )


def _find_group(name: str) -> Group:
    """Return the group. Raises ``ValidationError`` if there is none with that name."""
    if group := Group.objects.filter(name=name).first():
        return group
    raise ValidationError(f"Unknown group {quoted(name)}. Add it in the admin first.")


def _kind(options: dict[str, Any]) -> Target.Kind:
    """Return the kind of credentials that the options select."""
    if options["sandbox"]:
        return Target.Kind.SANDBOX
    if options["profile"]:
        return Target.Kind.PROFILE
    return Target.Kind.ROLE if options["role_arn"] else Target.Kind.CHAIN
