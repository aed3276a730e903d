"""What each pattern of the schema asks for in words, and the rule whose page explains it.

By the pattern's own text: a pattern that AWS changes loses its sentence rather than keep a wrong
one, and a test asks for the sentence of each pattern in the schema.
"""

from __future__ import annotations

_FORM = "L106"
_PATTERNS = {
    r"^[-_A-Za-z-0-9][-_A-Za-z0-9 ]{1,126}[-_A-Za-z-0-9]$": (
        "L001",
        "Use 3 to 128 letters, digits, spaces, hyphens and underscores,"
        " with no space at either end.",
    ),
    r"^[-_A-Za-z0-9{][-_A-Za-z0-9\s:{}\.]+[-_A-Za-z0-9}]$": (
        "L007",
        "Use at least 3 letters, digits, spaces, hyphens, underscores and full stops, besides"
        " tokens such as {{ imagebuilder:buildDate }}, with no space or full stop at either end.",
    ),
    r"^[0-9]{12}$": (
        "L011",
        "An account id has exactly 12 digits, for example 123456789012.",
    ),
    r"^arn:aws[^:]*:organizations::[0-9]{12}:organization/o-[a-z0-9]{10,32}$": (
        "L014",
        "Give the organization's full ARN, for example"
        " arn:aws:organizations::123456789012:organization/o-abcde12345.",
    ),
    r"^arn:aws[^:]*:organizations::[0-9]{12}:ou/o-[a-z0-9]{10,32}"
    r"/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}": (
        "L014",
        "Give the organizational unit's full ARN, for example"
        " arn:aws:organizations::123456789012:ou/o-abcde12345/ou-ab12-cdef3456.",
    ),
    r"^arn:aws[^:]*:license-manager:[^:]+:[0-9]{12}:license-configuration:lic-[a-z0-9-_]{32}$": (
        "L057",
        "Give the licence configuration's full ARN, for example arn:aws:license-manager:eu-west-1:"
        "123456789012:license-configuration:lic- and 32 letters and digits.",
    ),
    r"^lt-[a-z0-9-_]{17}$": (
        "L036",
        "A launch template id is lt- and 17 small letters and digits,"
        " for example lt-0a1b2c3d4e5f67890.",
    ),
    r"^[a-zA-Z0-9_.\-\/]+$": (
        "L031",
        "Use letters, digits, full stops, hyphens, underscores and slashes,"
        " for example /imagebuilder/golden-ami.",
    ),
    r"^(?!aws:)[a-zA-Z0-9\s_.:/=+\-@]*$": (
        "L051",
        "A tag key has letters, digits, spaces and _ . : / = + - @,"
        " and does not begin with “aws:”.",
    ),
    r"^(?!aws:)[a-zA-Z+-=._:/]+$": (
        "L051",
        "A tag key of a distribution configuration has letters, digits and + , - . / : ; < = _,"
        " no space and no @, and does not begin with “aws:”.",
    ),
}

_LONGEST = {"L001": 128}  # characters, where the pattern alone says how many


def rule_id(pattern: str) -> str:
    """The id of the rule whose page explains the pattern."""
    return _PATTERNS.get(pattern, (_FORM, ""))[0]


def sentence_for(pattern: str) -> str:
    """What the pattern asks for, for a person."""
    return _PATTERNS.get(pattern, ("", f"It does not match {pattern}."))[1]


def max_length(pattern: str) -> int | None:
    """How many characters a text that matches may have, where it may have any number up to that."""
    return _LONGEST.get(rule_id(pattern))
