"""JSON of AWS's API: requests of Create and Update, Get, lists of distributions."""

from __future__ import annotations

from typing import Any

from distui.core.formats.reading import Reading
from distui.core.schema import shapes

READ_ONLY = ("arn", "dateCreated", "dateUpdated", "timeoutMinutes", "requestId")
CONFIGURATION = "distributionConfiguration"  # the member of a response that holds it
_ALWAYS_ANSWERED = ("arn", "dateCreated")  # a response and a notification have both
_UPDATE_ARN = "distributionConfigurationArn"
_SERVICE_TAGS = ("internalId", "resourceArn")

Json = dict[str, Any]


def configuration_in(value: Any) -> Reading:
    """Return the configuration in a JSON value, which is itself if nothing is around it."""
    if isinstance(value, list) and value and all(_is_distribution(item) for item in value):
        notice = "Read as the list of distributions. Enter a name."
        return Reading({"distributions": value}, notices=(notice,))
    if not isinstance(value, dict):
        return Reading(value)
    inner = value.get(CONFIGURATION)
    if isinstance(inner, dict):
        return _answered(inner)
    if all(name in value for name in _ALWAYS_ANSWERED):
        return _answered(value)
    if isinstance(value.get(_UPDATE_ARN), str) and "name" not in value:
        return _updated(value)
    return Reading(value)


def path_of(value: Any) -> str:
    """Return the pointer of the configuration in a JSON value that ``configuration_in`` reads."""
    if isinstance(value, dict) and isinstance(value.get(CONFIGURATION), dict):
        return f"/{CONFIGURATION}"
    return ""


def _is_distribution(value: Any) -> bool:
    return isinstance(value, dict) and ("region" in value or "Region" in value)


def _answered(value: Json) -> Reading:
    """Return a configuration as AWS answers it, without what a request can't have."""
    members = shapes.shape().members
    added = [name for name in value if name in READ_ONLY or name == "accountId"]
    document = {
        name: item
        for name, item in value.items()
        if name not in added and not (name in members and item in ("", [], {}))
    }
    notices = [f"Ignored read-only fields: {', '.join(added)}."] if added else []
    tags = document.get("tags")
    if own := [name for name in _SERVICE_TAGS if isinstance(tags, dict) and name in tags]:
        which = f"tag{'s' if len(own) > 1 else ''} {' and '.join(own)}"
        notices.append(f"AWS added the {which}. Keep only what you need.")
    return Reading(document, "get", tuple(notices))


def _updated(value: Json) -> Reading:
    """Return the request that creates what the Update body describes."""
    name = value[_UPDATE_ARN].rpartition("/")[2]
    rest = {member: item for member, item in value.items() if member != _UPDATE_ARN}
    notice = f"Read as an UpdateDistributionConfiguration request. The name {name} is from its ARN."
    return Reading({"name": name} | rest, notices=(notice,))
