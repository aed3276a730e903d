"""The message and the rule of each pattern in the schema.

They are found by the pattern's text, so a pattern that AWS changes loses its message instead of
keeping a wrong one. A test requires a message for each pattern in the schema.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from distui.core.text.account_ids import describe_problem
from distui.core.text.characters import describe_odd_character
from distui.core.text.pluralize import pluralize

_ACCOUNT_ID = r"^[0-9]{12}$"
_TEMPLATE_ID = r"^lt-[a-z0-9-_]{17}$"
_ORGANIZATION = r"^arn:aws[^:]*:organizations::[0-9]{12}:organization/o-[a-z0-9]{10,32}$"
_UNIT = (
    r"^arn:aws[^:]*:organizations::[0-9]{12}:ou/o-[a-z0-9]{10,32}"
    r"/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}"
)
_MISPLACED = {
    _ORGANIZATION: "is an organization's ARN. Move it to organizationArns.",
    _UNIT: "is an organizational unit's ARN. Move it to organizationalUnitArns.",
}


class _Pattern(NamedTuple):
    """A pattern's rule, what it requires, and the class of the characters that it allows."""

    rule: str
    requirement: str
    allowed: str = ""


_PATTERNS = {
    r"^[-_A-Za-z-0-9][-_A-Za-z0-9 ]{1,126}[-_A-Za-z-0-9]$": _Pattern(
        "L001",
        "Use 3 to 128 letters, digits, spaces, hyphens and underscores,"
        " without a space at the start or end.",
        allowed=r"[-_A-Za-z0-9 ]",
    ),
    r"^[-_A-Za-z0-9{][-_A-Za-z0-9\s:{}\.]+[-_A-Za-z0-9}]$": _Pattern(
        "L007",
        "Use at least 3 letters, digits, spaces, hyphens, underscores and periods, and tokens such"
        " as {{ imagebuilder:buildDate }}, without a space or period at the start or end.",
        allowed=r"[-_A-Za-z0-9\s:{}.]",
    ),
    _ACCOUNT_ID: _Pattern("L011", "Enter a 12-digit account ID."),
    _ORGANIZATION: _Pattern(
        "L014",
        "Enter the organization's ARN, for example"
        " arn:aws:organizations::123456789012:organization/o-abcde12345.",
    ),
    _UNIT: _Pattern(
        "L014",
        "Enter the organizational unit's ARN, for example"
        " arn:aws:organizations::123456789012:ou/o-abcde12345/ou-ab12-cdef3456.",
    ),
    r"^arn:aws[^:]*:license-manager:[^:]+:[0-9]{12}:license-configuration:lic-[a-z0-9-_]{32}$": (
        _Pattern(
            "L057",
            "Enter the license configuration's ARN, for example arn:aws:license-manager:eu-west-1:"
            "123456789012:license-configuration:lic-0123456789abcdef0123456789abcdef.",
        )
    ),
    _TEMPLATE_ID: _Pattern(
        "L036",
        "A launch template ID is lt- followed by 17 lowercase hex characters,"
        " for example lt-0a1b2c3d4e5f67890.",
        allowed=r"[-_a-z0-9]",
    ),
    r"^[a-zA-Z0-9_.\-\/]+$": _Pattern(
        "L031",
        "Use letters, digits, periods, hyphens, underscores and slashes,"
        " for example /imagebuilder/golden-ami.",
        allowed=r"[-_a-zA-Z0-9./]",
    ),
    r"^(?!aws:)[a-zA-Z0-9\s_.:/=+\-@]*$": _Pattern(
        "L051",
        "Tag keys may contain letters, digits, spaces and _ . : / = + - @,"
        " and can't start with “aws:”.",
        allowed=r"[a-zA-Z0-9\s_.:/=+@-]",
    ),
    r"^(?!aws:)[a-zA-Z+-=._:/]+$": _Pattern(
        "L051",
        "Tag keys of a distribution configuration may contain letters, digits and"
        " + , - . / : ; < = _, and can't start with “aws:”.",
        allowed=r"[a-zA-Z+-=._:/]",
    ),
}

_MAX_LENGTHS = {"L001": 128}  # of rules whose pattern alone limits the length


def rule_id(pattern: str) -> str:
    """Return the ID of the pattern's rule."""
    return _PATTERNS[pattern].rule if pattern in _PATTERNS else "L106"


def requirement(pattern: str) -> str:
    """Return the sentence that says what the pattern requires."""
    found = _PATTERNS.get(pattern)
    return found.requirement if found else f"The value must match {pattern}."


def max_length(pattern: str) -> int | None:
    """Return the maximum length of a matching string, or None if the pattern has no limit."""
    return _MAX_LENGTHS.get(rule_id(pattern))


def describe_mismatch(pattern: str, value: str) -> str:
    """Say why the value does not match and what the pattern requires; follows the quoted value."""
    if pattern == _ACCOUNT_ID:
        return f"{describe_problem(value)}."
    for other, sentence in _MISPLACED.items():
        if other != pattern and rule_id(pattern) == "L014" and re.fullmatch(other, value, re.ASCII):
            return sentence
    problem = describe_odd_character(value) or _describe_disallowed(pattern, value)
    return f"{problem}. {requirement(pattern)}"


def _describe_disallowed(pattern: str, value: str) -> str:
    found = _PATTERNS.get(pattern)
    if pattern == _TEMPLATE_ID and re.fullmatch("lt-[0-9a-f]+", value):
        return f"has {pluralize(len(value) - 3, 'character')} after lt-, not 17"
    disallowed = re.sub(found.allowed, "", value, flags=re.ASCII) if found and found.allowed else ""
    if disallowed.startswith(" "):
        return "contains a space"
    return f"contains “{disallowed[0]}”" if disallowed else "isn't valid"
