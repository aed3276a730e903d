"""L046: the names of an export's bucket and role are valid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, rule, set_value
from distui.core.text.characters import quoted

_EXPORT = "/s3ExportConfiguration"
_ROLE = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_BUCKET_PREFIX = re.compile(r"s3://|arn:aws[a-z-]*:s3:::", re.ASCII)
_IP_ADDRESS = re.compile(r"[0-9]+(\.[0-9]+){3}", re.ASCII)


@rule(
    "L046",
    Severity.ERROR,
    "VM export bucket and role names",
    scope="distribution",
    why="An ARN, a URL or an invalid name fails only when the export runs, after the build.",
    evidence="Service model, S3ExportConfiguration; IAM roleNameType; S3 bucket naming rules.",
)
def export_names(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report invalid role and bucket names, and as a warning a prefix with a leading slash."""
    export = value_at(distribution, _EXPORT, {})
    role, bucket = export.get("roleName", ""), export.get("s3Bucket", "")
    prefix = export.get("s3Prefix", "")
    if role and not _ROLE.fullmatch(role):
        pointer, name = f"{_EXPORT}/roleName", role.rpartition("/")[2]
        message = (
            f"Invalid role name {quoted(role)}. Enter the name only, such as vmimport, not the"
            " ARN: up to 64 letters, digits and + = , . @ _ -."
        )
        yield Problem(
            pointer, message, fix=set_value(pointer, name if _ROLE.fullmatch(name) else "")
        )
    if bucket and not _is_bucket(bucket):
        pointer, name = f"{_EXPORT}/s3Bucket", _BUCKET_PREFIX.sub("", bucket).partition("/")[0]
        message = (
            f"Invalid bucket name {quoted(bucket)}. Enter the name only, without s3:// or arn:"
            " 3 to 63 lowercase letters, digits, hyphens and periods."
        )
        yield Problem(pointer, message, fix=set_value(pointer, name if _is_bucket(name) else ""))
    if prefix.startswith("/"):
        pointer = f"{_EXPORT}/s3Prefix"
        message = "Remove the leading slash: S3 treats it as a folder without a name."
        fix = set_value(pointer, prefix.lstrip("/"))
        yield Problem(pointer, message, Severity.WARNING, fix=fix)


def _is_bucket(name: str) -> bool:
    return bool(_BUCKET.fullmatch(name)) and ".." not in name and not _IP_ADDRESS.fullmatch(name)
