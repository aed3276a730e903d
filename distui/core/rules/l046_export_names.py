"""L046: names of the bucket and the role of an export."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule, set_value
from distui.core.text.characters import quoted

_ROLE = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_AROUND = re.compile(r"s3://|arn:aws[a-z-]*:s3:::", re.ASCII)
_ADDRESS = re.compile(r"[0-9]+(\.[0-9]+){3}", re.ASCII)


@rule(
    "L046",
    Severity.ERROR,
    "A VM export names a bucket and a role by their names",
    scope="distribution",
    why=(
        "An ARN, a URL or a misspelt name is found out only when the export runs, after the build."
    ),
    evidence=(
        "Service model, S3ExportConfiguration; IAM's roleNameType; S3's rules for bucket names."
    ),
)
def export_names(distribution: Json, context: Context) -> Iterator[Problem]:
    """Role and bucket that can be no names; a prefix that begins with a slash is a warning."""
    export = distribution.get("s3ExportConfiguration", {})
    role, bucket = export.get("roleName", ""), export.get("s3Bucket", "")
    if role and not _ROLE.fullmatch(role):
        alone, place = role.rpartition("/")[2], "/s3ExportConfiguration/roleName"
        yield Problem(
            place,
            f"{quoted(role)} is no role's name. Give the name alone, such as vmimport, not the ARN:"
            " up to 64 letters, digits and + = , . @ _ -.",
            fix=set_value(place, alone if _ROLE.fullmatch(alone) else ""),
        )
    if bucket and not _is_bucket(bucket):
        alone = _AROUND.sub("", bucket).partition("/")[0]
        yield Problem(
            "/s3ExportConfiguration/s3Bucket",
            f"{quoted(bucket)} is no bucket's name. Give the name alone, without s3:// or arn:"
            " 3 to 63 lower-case letters, digits, hyphens and full stops.",
            fix=set_value("/s3ExportConfiguration/s3Bucket", alone if _is_bucket(alone) else ""),
        )
    if export.get("s3Prefix", "").startswith("/"):
        yield Problem(
            "/s3ExportConfiguration/s3Prefix",
            "S3 takes a slash in front as a folder without a name. Leave it out.",
            Severity.WARNING,
            fix=set_value("/s3ExportConfiguration/s3Prefix", export["s3Prefix"].lstrip("/")),
        )


def _is_bucket(name: str) -> bool:
    return bool(_BUCKET.fullmatch(name)) and ".." not in name and not _ADDRESS.fullmatch(name)
