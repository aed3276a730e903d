"""``manage.py add_target``: a place to submit to."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from distui.targets.models import Target
from distui.targets.resolve_account import NoAccount, learn_account_or_say_why

REFUSED = 2


class Command(BaseCommand):
    """Exit 0 with the target made, 2 with the reason on standard error and nothing made."""

    help = "Add a place to submit to: a home Region and the credentials of an account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The target's fields; with no credentials named, boto3's own chain finds them."""
        parser.add_argument("name")
        parser.add_argument("--region", required=True, help="the home Region, such as eu-west-1")
        kind = parser.add_mutually_exclusive_group()
        kind.add_argument("--profile", default="", help="a profile of the AWS configuration")
        kind.add_argument("--role-arn", default="", help="a role to assume")
        kind.add_argument("--sandbox", action="store_true", help="the embedded sandbox account")
        parser.add_argument("--external-id", default="", help="what the role asks for")
        parser.add_argument("--account", default="", help="its 12 digits, rather than asking AWS")

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes the target. Raises CommandError, with exit code 2, where it can't be."""
        target = Target(
            name=options["name"],
            region=options["region"],
            kind=kind_of(options),
            profile=options["profile"],
            role_arn=options["role_arn"],
            external_id=options["external_id"],
            account=options["account"],
        )
        doubt = ""
        try:
            target.full_clean()
            if not target.account:
                doubt = learn_account_or_say_why(target)
        except ValidationError as error:
            raise CommandError(sentence(error), returncode=REFUSED) from error
        except NoAccount as error:
            raise CommandError(
                f"The account can't be learned: {error} Give its 12 digits with --account.",
                returncode=REFUSED,
            ) from error
        target.save()
        if doubt:
            self.stderr.write(doubt)
        self.stdout.write(f"{target}: account {target.account}, home Region {target.region}")


def kind_of(options: dict[str, Any]) -> Target.Kind:
    """The kind of credentials that the options ask for."""
    if options["sandbox"]:
        return Target.Kind.SANDBOX
    if options["profile"]:
        return Target.Kind.PROFILE
    return Target.Kind.ROLE if options["role_arn"] else Target.Kind.CHAIN


def sentence(error: ValidationError) -> str:
    """All that is wrong, each message once, on one line."""
    return " ".join(dict.fromkeys(error.messages))
