"""Create, replace and find the distribution configurations in the sandbox's state."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any

from distui.sandbox.imagebuilder.state_file import SandboxState, UsedToken
from distui.sandbox.protocol.credential_scope import Caller
from distui.sandbox.protocol.errors import ServiceError

Configuration = dict[str, Any]
Parameters = dict[str, Any]


def arn_of(caller: Caller, name: str) -> str:
    """Return the ARN for a name: in lower case, with hyphens for spaces and underscores."""
    normalized = re.sub("[ _]", "-", name.lower())
    return (
        f"arn:{caller.partition}:imagebuilder:{caller.region}:{caller.account}"
        f":distribution-configuration/{normalized}"
    )


def create_in(state: SandboxState, caller: Caller, parameters: Parameters) -> str:
    """Add a configuration, unless its token has already created it; return its ARN.

    Raise ServiceError if the token was used with other content or the name exists, and for a dry
    run without such an error.
    """
    token = _ClientToken("CreateDistributionConfiguration", caller, parameters)
    arn = arn_of(caller, parameters["name"])
    previous_arn = token.previous_arn(state)
    if previous_arn is None and arn in state.configurations:
        raise ServiceError(
            "ResourceAlreadyExistsException",
            f"The following resource 'DistributionConfiguration' already exists: '{arn}'.",
        )
    if parameters.get("dryRun", False):
        raise ServiceError(
            "DryRunOperationException",
            "The request would have succeeded; nothing was created because dryRun is set.",
        )
    if previous_arn is None:
        members = {key: parameters[key] for key in parameters.keys() - {"clientToken", "dryRun"}}
        now = _now()
        state.configurations[arn] = (
            {"arn": arn, "tags": {}} | members | {"dateCreated": now, "dateUpdated": now}
        )
        token.mark_used(state, arn)
    return previous_arn or arn


def replace_in(state: SandboxState, caller: Caller, parameters: Parameters) -> str:
    """Replace a configuration except its name and tags; return its ARN.

    Raise ServiceError if the token was used with other content or the ARN doesn't exist.
    """
    token = _ClientToken("UpdateDistributionConfiguration", caller, parameters)
    arn = token.previous_arn(state)
    if arn is None:
        arn = str(parameters["distributionConfigurationArn"])
        current = find(state, caller, arn)
        unchanged = {key: current[key] for key in ("arn", "name", "tags", "dateCreated")}
        changes = {key: parameters[key] for key in parameters.keys() & {"description"}}
        changes |= {"distributions": parameters["distributions"], "dateUpdated": _now()}
        state.configurations[arn] = unchanged | changes
        token.mark_used(state, arn)
    return arn


def find(state: SandboxState, caller: Caller, arn: str) -> Configuration:
    """Return the configuration with this ARN; raise ServiceError if the caller has none."""
    if arn.split(":")[4] != caller.account:
        raise ServiceError("ForbiddenException", f"You are not authorized to access '{arn}'.")
    if arn.split(":")[3] != caller.region or arn not in state.configurations:
        raise ServiceError("ResourceNotFoundException", f"The resource '{arn}' does not exist.")
    return state.configurations[arn]


def list_owned(state: SandboxState, caller: Caller) -> list[Configuration]:
    """Return all configurations of the caller's account and Region, oldest first."""
    prefix = arn_of(caller, "")
    owned = [value for arn, value in state.configurations.items() if arn.startswith(prefix)]
    return sorted(owned, key=sort_key)


def sort_key(configuration: Configuration) -> tuple[str, ...]:
    """Return the key that orders configurations by creation."""
    return (configuration["dateCreated"], configuration["arn"])


class _ClientToken:
    """The client token of a request and the digest of the request's content."""

    def __init__(self, operation: str, caller: Caller, parameters: Parameters) -> None:
        self._token = parameters["clientToken"]
        self._key = f"{operation}/{caller.account}/{caller.region}/{self._token}"
        # A dry run does not use up its token, so dryRun does not count as content.
        content = {key: value for key, value in parameters.items() if key != "dryRun"}
        self._digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def previous_arn(self, state: SandboxState) -> str | None:
        """Return the ARN that this token has created or updated, or None if it is unused."""
        used = state.tokens.get(self._key)
        if used and used.digest != self._digest:
            raise ServiceError(
                "IdempotentParameterMismatchException",
                f"The client token '{self._token}' was already used with other parameters.",
            )
        return used.arn if used else None

    def mark_used(self, state: SandboxState, arn: str) -> None:
        state.tokens[self._key] = UsedToken(self._digest, arn)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
