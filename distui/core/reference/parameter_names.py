"""Names of SSM parameters: what Parameter Store rejects, and the name in an ARN.

Source: SSM service model, PutParameter: Name.
"""

from __future__ import annotations

import re

from distui.core.reference.regions import find_region, partition_of

_RESERVED = ("aws", "ssm")
_MAX_LEVELS = 15
_MAX_LENGTH = 1011
_VALID = re.compile(r"[a-zA-Z0-9_.\-/]+", re.ASCII)
_ARN = re.compile(r"arn:[^:]*:ssm:[^:]*:[0-9]*:parameter/?(?P<name>/?.*)", re.ASCII)


def describe_problem(name: str, region: str) -> str:
    """Say why Parameter Store rejects the name in that Region; ``""`` if it accepts it."""
    length = len(f"arn:{partition_of(find_region(region))}:ssm:{region}:123456789012:parameter/")
    length += len(name.lstrip("/"))
    if name.lower().lstrip("/").startswith(_RESERVED):
        return "Names that start with aws or ssm, in any case, are reserved."
    if lacks_slash(name):
        return f"A name with levels must start with a slash: /{name}"
    if name.count("/") > _MAX_LEVELS:
        return f"{name.count('/')} levels exceed the maximum of {_MAX_LEVELS}."
    if length > _MAX_LENGTH >= len(name):
        return f"The parameter's ARN has {length:,} characters; the maximum is {_MAX_LENGTH:,}."
    return ""


def intended_name(text: str, region: str) -> str:
    """Return the valid name in an ARN, or the name with its first slash, or ``""``."""
    found = _ARN.fullmatch(text)
    name = found["name"] if found else text
    name = f"/{name}" if lacks_slash(name) else name
    is_valid = bool(_VALID.fullmatch(name)) and len(name) <= _MAX_LENGTH
    return name if is_valid and name != text and not describe_problem(name, region) else ""


def is_well_formed(name: str) -> bool:
    """Return True if the name has only characters that the API accepts."""
    return bool(_VALID.fullmatch(name))


def lacks_slash(name: str) -> bool:
    """Return True if the name has levels but doesn't start with a slash."""
    return "/" in name and not name.startswith("/")
