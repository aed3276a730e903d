"""L046: the names of an export's bucket and role are valid."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference.resource_names import (
    bucket_and_prefix,
    is_bucket,
    is_role,
    may_be_old_bucket,
)
from distui.core.rules.rule import Context, Json, Problem, region_of, remove, rule, set_value
from distui.core.text.characters import describe_odd_character, quoted

_EXPORT = "/s3ExportConfiguration"


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
    if role and not is_role(role) and not describe_odd_character(role):
        pointer, name = f"{_EXPORT}/roleName", role.rpartition("/")[2]
        message = (
            f"Invalid role name {quoted(role)}. Enter the name only, such as vmimport, not the"
            " ARN: up to 64 letters, digits and + = , . @ _ -."
        )
        yield Problem(pointer, message, fix=set_value(pointer, name if is_role(name) else ""))
    if bucket and not is_bucket(bucket) and not describe_odd_character(bucket):
        pointer, (name, path) = f"{_EXPORT}/s3Bucket", bucket_and_prefix(bucket)
        message = (
            f"Invalid bucket name {quoted(bucket)}. Enter the name only, without s3:// or arn:"
            " 3 to 63 lowercase letters, digits, hyphens and periods."
        )
        severity = None
        if may_be_old_bucket(bucket, region_of(distribution, context)):
            severity = Severity.WARNING
            message += " Only a bucket created in us-east-1 before March 2018 can have this name."
        fix = set_value(pointer, name)
        if path and "s3Prefix" not in export:
            fix += set_value(f"{_EXPORT}/s3Prefix", path)
        yield Problem(pointer, message, severity, fix=fix)
    if prefix.startswith("/"):
        pointer = f"{_EXPORT}/s3Prefix"
        message = "Remove the leading slash: S3 treats it as a folder without a name."
        fix = set_value(pointer, prefix.lstrip("/")) or remove(pointer)
        yield Problem(pointer, message, Severity.WARNING, fix=fix)
