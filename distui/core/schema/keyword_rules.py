"""The rules that the schema itself is: what each of its keywords is called, and why it matters."""

from __future__ import annotations

from dataclasses import dataclass

from distui.core.schema import pattern_messages

TYPE, REQUIRED, UNKNOWN = "L101", "L102", "L059"
READ_ONLY, EMPTY, PLAIN, TOO_MANY = "L061", "L060", "L067", "L012"


@dataclass(frozen=True, slots=True)
class SchemaRule:
    """A rule whose implementation is the schema; its page in docs/rules.md says this."""

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
        "The name's characters and length",
        "Image Builder makes the configuration's ARN from its name.",
    ),
    SchemaRule(
        "L007",
        "The AMI name's characters",
        "EC2 refuses the name at the end of the build, when the AMI is made.",
    ),
    SchemaRule(
        "L011",
        "Account ids have 12 digits",
        "An account id is text: one that was a number somewhere has lost its leading zeros.",
    ),
    SchemaRule(
        TOO_MANY,
        "Not more entries than the API takes",
        "The SDK sends a list of any length, and the service refuses the whole request.",
    ),
    SchemaRule(
        "L014",
        "Organizations and units as full ARNs",
        "An id such as o-abcde12345 alone does not say whose organization it is.",
    ),
    SchemaRule(
        UNKNOWN,
        "Only members that the API has",
        "A misspelt member is refused by some tools and silently dropped by others.",
    ),
    SchemaRule(
        READ_ONLY,
        "Members of an answer are not sent",
        "A document taken from GetDistributionConfiguration has them, and a request has not.",
    ),
    SchemaRule(TYPE, "The type that the API expects", "The SDK refuses the request."),
    SchemaRule(REQUIRED, "Required members", "The service refuses a request without them."),
    SchemaRule("L103", "One of the allowed values", "The service refuses any other value."),
    SchemaRule("L104", "Numbers within their limits", "The service refuses any other number."),
    SchemaRule("L105", "Texts within their length", "The service refuses a longer text."),
    SchemaRule("L106", "The form that the API expects", "The service refuses any other form."),
)
_WHY = {rule.id: rule.why for rule in SCHEMA_RULES}


def rule_id_of(keyword: str, value: object) -> str:
    """The id of the rule that a keyword with this value is: each pattern has one of its own."""
    return pattern_messages.rule_id(str(value)) if keyword == "pattern" else _KEYWORDS[keyword]


def why(rule: str) -> str:
    """Why the rule matters, where the schema alone implements it."""
    return _WHY.get(rule, "")
