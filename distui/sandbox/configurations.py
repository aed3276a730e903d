"""Distribution configurations as Image Builder keeps them: creating, replacing and finding them."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any

from distui.sandbox.errors import ServiceError
from distui.sandbox.scope import Caller
from distui.sandbox.state_file import State, UsedToken

Configuration = dict[str, Any]
Parameters = dict[str, Any]


def arn_of(caller: Caller, name: str) -> str:
    """The ARN that a name gets: lower case, with hyphens for spaces and underscores."""
    normalised = re.sub("[ _]", "-", name.lower())
    return (
        f"arn:{caller.partition}:imagebuilder:{caller.region}:{caller.account}"
        f":distribution-configuration/{normalised}"
    )


def create_in(state: State, caller: Caller, parameters: Parameters) -> str:
    """Adds a configuration to the state unless its token has done so already; returns its ARN.

    Raises ServiceError for a used token with other content, a taken name, and for a dry run that
    finds neither.
    """
    token = _Token("CreateDistributionConfiguration", caller, parameters)
    arn = arn_of(caller, parameters["name"])
    answered = token.answered(state)
    if answered is None and arn in state.configurations:
        raise ServiceError(
            "ResourceAlreadyExistsException",
            f"The following resource 'DistributionConfiguration' already exists: '{arn}'.",
        )
    if parameters.get("dryRun", False):
        raise ServiceError(
            "DryRunOperationException",
            "The request would have succeeded; nothing was created because dryRun is set.",
        )
    if answered is None:
        kept = {key: parameters[key] for key in parameters.keys() - {"clientToken", "dryRun"}}
        now = _now()
        state.configurations[arn] = (
            {"arn": arn, "tags": {}} | kept | {"dateCreated": now, "dateUpdated": now}
        )
        token.use(state, arn)
    return answered or arn


def replace_in(state: State, caller: Caller, parameters: Parameters) -> str:
    """Replaces all of a configuration but its name and tags; returns its ARN.

    Raises ServiceError for a used token with other content and an ARN that isn't there.
    """
    token = _Token("UpdateDistributionConfiguration", caller, parameters)
    arn = token.answered(state)
    if arn is None:
        arn = str(parameters["distributionConfigurationArn"])
        before = find(state, caller, arn)
        kept = {key: before[key] for key in ("arn", "name", "tags", "dateCreated")}
        given = {key: parameters[key] for key in parameters.keys() & {"description"}}
        state.configurations[arn] = (
            kept | given | {"distributions": parameters["distributions"], "dateUpdated": _now()}
        )
        token.use(state, arn)
    return arn


def find(state: State, caller: Caller, arn: str) -> Configuration:
    """The configuration with this ARN; raises ServiceError where the caller has none such."""
    if arn.split(":")[4] != caller.account:
        raise ServiceError("ForbiddenException", f"You are not authorized to access '{arn}'.")
    if arn.split(":")[3] != caller.region or arn not in state.configurations:
        raise ServiceError("ResourceNotFoundException", f"The resource '{arn}' does not exist.")
    return state.configurations[arn]


def owned(state: State, caller: Caller) -> list[Configuration]:
    """All configurations of the caller's account and Region, the oldest first."""
    prefix = arn_of(caller, "")
    mine = [kept for arn, kept in state.configurations.items() if arn.startswith(prefix)]
    return sorted(mine, key=lambda kept: (kept["dateCreated"], kept["arn"]))


class _Token:
    """The client token of a request, and the digest of what it was sent with."""

    def __init__(self, operation: str, caller: Caller, parameters: Parameters) -> None:
        self._token = parameters["clientToken"]
        self._key = f"{operation}/{caller.account}/{caller.region}/{self._token}"
        # A dry run uses up no token, so whether it was one is no part of the content.
        content = {key: value for key, value in parameters.items() if key != "dryRun"}
        self._digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def answered(self, state: State) -> str | None:
        """The ARN that this token was answered with, None where it wasn't used."""
        used = state.tokens.get(self._key)
        if used and used.digest != self._digest:
            raise ServiceError(
                "IdempotentParameterMismatchException",
                f"The client token '{self._token}' was already used with other parameters.",
            )
        return used.arn if used else None

    def use(self, state: State, arn: str) -> None:
        state.tokens[self._key] = UsedToken(self._digest, arn)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
