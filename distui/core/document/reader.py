"""The one reader: the configuration in a text or a file, however people have it at hand.

The import page, pasting over the preview, ``lint`` and ``import_draft`` read by it, so that all of
them give the same answer.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from distui.core.document import other_formats, python_literal, strict_json
from distui.core.document.parse_error import ParseError
from distui.core.schema import empty_members

READ_ONLY = ("arn", "dateCreated", "dateUpdated", "timeoutMinutes", "requestId")
_ALWAYS_ANSWERED = ("arn", "dateCreated")  # a response and a notification have both
_UPDATE_ARN = "distributionConfigurationArn"
_SERVICE_TAGS = ("internalId", "resourceArn")

Kind = Literal["api", "get"]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """A configuration, the kind of text it was found in, and notices about the conversion.

    ``kind`` is ``api`` for a request, ``get`` for what AWS answers. ``document`` is an object
    unless the text holds another JSON value.
    """

    document: Any
    kind: Kind = "api"
    notices: tuple[str, ...] = ()


def read(source: str | bytes, *, any_text: bool = False) -> Reading:
    """Return the configuration in the source.

    It is read from a request of Create or Update, distributions alone, a response of Get or
    GetImage, a notification, and any of them as Python prints it. The configuration itself is
    not checked. ``any_text`` accepts characters that no database stores. Raises
    ``ParseError``.
    """
    text = strict_json.decode(source)
    notices: tuple[str, ...] = ()
    if python_literal.looks_like_python(text):
        value, notices = python_literal.parse_python(text), ("Read as a printed Python value.",)
    elif name := other_formats.name_text(text):
        raise _unsupported(name)
    else:
        value = strict_json.parse(text, any_text=any_text)
    found = _configuration_in(value)
    return Reading(found.document, found.kind, (*notices, *found.notices))


def read_object(source: str | bytes) -> Reading:
    """Return the configuration in the source. Raises ``ParseError``, also if it isn't an object."""
    found = read(source)
    if not isinstance(found.document, dict):
        raise ParseError('Expected a JSON object, for example {"name": …}, at line 1, column 1.')
    return found


def _configuration_in(value: Any) -> Reading:
    if (inner := _enclosed(value)) is not None:
        return _answered(inner)
    items = value if isinstance(value, list) else [value]
    if items and all(map(_is_distribution, items)):
        what = "the list of distributions" if value is items else "one distribution"
        return Reading({"distributions": items}, notices=(f"Read as {what}. Enter a name.",))
    if not isinstance(value, dict):
        return Reading(value)
    if name := other_formats.name_value(value):
        raise _unsupported(name)
    if all(name in value for name in _ALWAYS_ANSWERED):
        return _answered(value)
    if isinstance(value.get(_UPDATE_ARN), str) and "name" not in value:
        return _updated(value)
    return Reading(value)


def _enclosed(value: Any) -> Json | None:
    """Return the configuration in a response, a notification or its event, or None."""
    if not isinstance(value, dict):
        return None
    inner = value.get("distributionConfiguration")
    if isinstance(inner, dict):
        return inner
    records = value.get("Records")
    parts = records[:1] if isinstance(records, list) else [value.get("Sns"), value.get("image")]
    if isinstance(message := value.get("Message"), str):
        with suppress(ParseError):
            parts.append(strict_json.parse(message))
    return next(filter(None, map(_enclosed, parts)), None)


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


def _unsupported(name: str) -> ParseError:
    return ParseError(
        f"This is {name}, which can't be imported. Use the JSON of the request, or the response"
        " of aws imagebuilder get-distribution-configuration."
    )
