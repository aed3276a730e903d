"""The rules that the schema implements: the rule of each JSON Schema keyword, and its reason."""

from __future__ import annotations

from dataclasses import dataclass

from distui.core.schema import pattern_messages

TYPE, REQUIRED, UNKNOWN = "L101", "L102", "L059"
READ_ONLY, EMPTY, PLAIN, TOO_MANY = "L061", "L060", "L067", "L012"


@dataclass(frozen=True, slots=True)
class SchemaRule:
    """A rule that the schema implements, as docs/rules.md lists it."""

    id: str
    title: str
    why: str


_KEYWORDS = {
    "type": TYPE,
    "required": REQUIRED,
    "enum": "L103",
    "minimum": "L104",
    "maximum": "L104",
    "minLength": "L105",
    "maxLength": "L105",
    "additionalProperties": UNKNOWN,
    "minItems": EMPTY,
    "maxItems": TOO_MANY,
    "minProperties": EMPTY,
    "maxProperties": TOO_MANY,
}
SCHEMA_RULES = (
    SchemaRule(
        "L001",
        "Name characters and length",
        "Image Builder derives the configuration's ARN from its name.",
    ),
    SchemaRule(
        "L007",
        "AMI name characters",
        "EC2 rejects other names when it creates the AMI, at the end of the build.",
    ),
    SchemaRule(
        "L011",
        "Account IDs have 12 digits",
        "An account ID is a string. A spreadsheet that treats it as a number drops leading zeros.",
    ),
    SchemaRule(
        TOO_MANY,
        "Maximum number of entries",
        "The SDK sends lists of any length, and the service rejects the whole request.",
    ),
    SchemaRule(
        "L014",
        "Organizations and OUs are specified by ARN",
        "The API doesn't accept IDs such as o-abcde12345.",
    ),
    SchemaRule(
        UNKNOWN,
        "No unknown fields",
        "Some tools reject a misspelled field, others silently drop it.",
    ),
    SchemaRule(
        READ_ONLY,
        "No read-only fields",
        "GetDistributionConfiguration returns them, but a request can't contain them.",
    ),
    SchemaRule(TYPE, "Data types", "The SDK rejects other types."),
    SchemaRule(REQUIRED, "Required fields", "The service rejects a request without them."),
    SchemaRule("L103", "Valid values", "The service rejects any other value."),
    SchemaRule("L104", "Number ranges", "The service rejects numbers outside the range."),
    SchemaRule("L105", "String lengths", "The service rejects longer or shorter strings."),
    SchemaRule("L106", "String patterns", "The service rejects strings in another format."),
)
DUPLICATE = SchemaRule(
    "L107",
    "Duplicate keys",
    "Only the last value of a key is sent, and the others are lost without a message.",
)
UNRESOLVED = SchemaRule(
    "L110",
    "Unresolved expressions",
    "The imported file contains no value for a reference or a variable.",
)
EXPIRED = SchemaRule(
    "L111",
    "Expired waivers",
    "An expired waiver no longer hides findings. Fix the finding or set a new date.",
)
UNUSED = SchemaRule(
    "L112",
    "Unused waivers",
    "An unused waiver would hide the next finding at the same place.",
)
_WHY = {rule.id: rule.why for rule in SCHEMA_RULES}


def rule_id_of(keyword: str, value: object) -> str:
    """Return the ID of the rule of a keyword; each pattern has its own."""
    return pattern_messages.rule_id(str(value)) if keyword == "pattern" else _KEYWORDS[keyword]


def why(rule: str) -> str:
    """Return the reason of a rule that the schema alone implements, else ``""``."""
    return _WHY.get(rule, "")
