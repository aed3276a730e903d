"""JSON of AWS's API: requests of Create and Update, Get, lists of distributions."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from distui.core.document import strict_json
from distui.core.document.parse_error import ParseError
from distui.core.formats.reading import Reading
from distui.core.schema import empty_members

READ_ONLY = ("arn", "dateCreated", "dateUpdated", "timeoutMinutes", "requestId")
CONFIGURATION = "distributionConfiguration"  # the member of a response that holds it
_ALWAYS_ANSWERED = ("arn", "dateCreated")  # a response and a notification have both
_UPDATE_ARN = "distributionConfigurationArn"
_SERVICE_TAGS = ("internalId", "resourceArn")

_MAX_LISTED = 1000  # configurations of a list

Json = dict[str, Any]
Frame = tuple[str, str]


def configurations_in(value: Any) -> list[tuple[Reading, Frame | None]]:
    """Return each configuration in a JSON value, and where it is: see ``frame_of``.

    A list of requests or of responses has several. Raises ``ParseError``.
    """
    start, items = "", value
    if isinstance(value, dict) and isinstance(records := value.get("Records"), list):
        start, items = "/Records", records  # of an event with several notifications
    if not is_several(items):
        return [(configuration_in(value), frame_of(value))]
    found = []
    for index, item in enumerate(items):
        frame = frame_of(item)
        found.append((configuration_in(item), frame and (f"{start}/{index}{frame[0]}", frame[1])))
    return found


def is_several(value: Any) -> bool:
    """Return True for a list of requests or of responses."""
    items = value if isinstance(value, list) else []
    has_all = all(
        isinstance(item, dict) and ("distributions" in item or _enclosed(item, ""))
        for item in items
    )
    return has_all and 0 < len(items) <= _MAX_LISTED


def configuration_in(value: Any) -> Reading:
    """Return the configuration in a JSON value, which is itself if nothing is around it.

    Raises ``ParseError`` for responses without a configuration.
    """
    if (found := _enclosed(value, "")) is not None:
        return _answered(found[0])
    items = value if isinstance(value, list) else [value]
    if items and all(map(_is_distribution, items)):
        what = "the list of distributions" if value is items else "one distribution"
        return Reading({"distributions": items}, notices=(f"Read as {what}. Enter a name.",))
    if not isinstance(value, dict):
        return Reading(value)
    if name := _without_configuration(value):
        raise ParseError(f"This is {name}, which has no configuration.")
    if all(name in value for name in _ALWAYS_ANSWERED):
        return _answered(value)
    if isinstance(value.get(_UPDATE_ARN), str) and "name" not in value:
        return _updated(value)
    return Reading(value)


def frame_of(value: Any) -> Frame | None:
    """Return where the document is in a JSON value that ``configuration_in`` reads.

    ``start`` is the pointer of the configuration in the value, and ``prefix`` that of the value in
    the document, if it is only a part. None if the configuration is inside of a text.
    """
    if (found := _enclosed(value, "")) is not None:
        return (found[1], "") if "Message" not in found[1] else None
    if isinstance(value, list):
        return "", "/distributions"
    return "", "/distributions/0" if _is_distribution(value) else ""


def _without_configuration(value: Json) -> str:
    if "distributionConfigurationSummaryList" in value:
        return "a response of ListDistributionConfigurations"
    if _UPDATE_ARN in value and not {"distributions", "name"} & value.keys():
        return "a response with only the ARN of a configuration"
    return ""


def _enclosed(value: Any, path: str) -> tuple[Json, str] | None:
    """Return the configuration in a response, a notification or its event, and its pointer."""
    if not isinstance(value, dict):
        return None
    inner = value.get(CONFIGURATION)
    if isinstance(inner, dict):
        return inner, f"{path}/{CONFIGURATION}"
    parts: dict[str, Any] = {name: value.get(name) for name in ("Sns", "image")}
    if isinstance(records := value.get("Records"), list):
        parts = {"Records/0": records[0] if records else None}
    if isinstance(message := value.get("Message"), str):
        with suppress(ParseError):
            parts["Message"] = strict_json.parse(message)
    found = (_enclosed(part, f"{path}/{name}") for name, part in parts.items())
    return next(filter(None, found), None)


def _is_distribution(value: Any) -> bool:
    """Return True for an object with a Region that isn't a request."""
    if not isinstance(value, dict):
        return False
    names = {name.lower() for name in value}
    return "region" in names and "distributions" not in names


def _answered(value: Json) -> Reading:
    """Return a configuration as AWS answers it, without what a request can't have."""
    added = [name for name in value if name in READ_ONLY or name == "accountId"]
    rest = {name: item for name, item in value.items() if name not in added}
    document, removed = empty_members.without_empties(rest)
    notices = [f"Ignored read-only fields: {', '.join(added)}."] if added else []
    notices += [removed] if removed else []
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
