"""The names of AWS resources that distributions refer to: what is valid, and what was intended.

Sources: IAM roleNameType, the S3 bucket naming rules, ECR's repository names, OCI image tags and
the KMS developer guide on key identifiers.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ROLE = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_OLD_BUCKET = re.compile(r"[A-Za-z0-9._-]{3,255}", re.ASCII)
_IP_ADDRESS = re.compile(r"[0-9]+(\.[0-9]+){3}", re.ASCII)
_BUCKET_ADDRESS = re.compile(
    r"(?:s3://|arn:aws[a-z-]*:s3:::|https?://s3[a-z0-9.-]*\.amazonaws\.com(?:\.cn)?/"
    r"|https?://(?=[^/]*\.s3[.-]))"
    r"(?P<bucket>[^/]*?)(?:\.s3[a-z0-9.-]*\.amazonaws\.com(?:\.cn)?)?(?:/(?P<prefix>.*))?",
    re.ASCII,
)
_PART = r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*"
_REPOSITORY = re.compile(rf"{_PART}(/{_PART})*", re.ASCII)
_REGISTRY = re.compile(
    r"(https?://)?[0-9]{12}\.dkr\.ecr[^/]*/|arn:[^:]*:ecr:[^:]*:[0-9]{12}:repository/", re.ASCII
)
_HOST = re.compile(r"[^/]*[.:][^/]*/")  # a first part with a period or a port is a registry
_PUBLIC_REGISTRY = re.compile(r"(https?://)?(public\.ecr\.aws|[^/]*docker\.io|ghcr\.io)(/|\Z)")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", re.ASCII)
MAX_REPOSITORY = 256
_KEY_ARN = re.compile(
    r"arn:[^:]*:kms:[^:]*:[0-9]{12}:(key/[A-Za-z0-9-]+|alias/[A-Za-z0-9:/_-]+)", re.ASCII
)
_KEY_ID = re.compile(
    r"(key/)?(?P<id>mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.ASCII
)
_ALIAS = re.compile(r"alias/[A-Za-z0-9/_-]+", re.ASCII)
_AWS_ALIAS = re.compile(r"((^|:)alias/|^)aws/[A-Za-z0-9/_-]+")


def is_role(name: str) -> bool:
    """Return True if the text is an IAM role's name."""
    return bool(_ROLE.fullmatch(name))


def is_bucket(name: str) -> bool:
    """Return True if the text is a bucket's name."""
    return bool(_BUCKET.fullmatch(name)) and ".." not in name and not _IP_ADDRESS.fullmatch(name)


def may_be_old_bucket(name: str, region: str) -> bool:
    """Return True for a name that buckets of before March 2018 in us-east-1 may have."""
    return region == "us-east-1" and bool(_OLD_BUCKET.fullmatch(name))


def bucket_and_prefix(text: str) -> tuple[str, str]:
    """Return the bucket and the prefix in an S3 URI, URL, ARN or path; both may be ``""``."""
    found = _BUCKET_ADDRESS.fullmatch(text) or _BUCKET_ADDRESS.fullmatch(f"s3://{text}")
    if not found or not is_bucket(found["bucket"]):
        return "", ""
    return found["bucket"], (found["prefix"] or "").lstrip("/")


def is_repository(name: str) -> bool:
    """Return True if the text is the name of an ECR repository, without its registry."""
    is_name = 2 <= len(name) <= MAX_REPOSITORY and bool(_REPOSITORY.fullmatch(name))
    return is_name and not has_registry(name)


def has_registry(text: str) -> bool:
    """Return True if the text begins with the host of a registry."""
    return bool(_REGISTRY.match(text) or _PUBLIC_REGISTRY.match(text))


def repository_in(text: str) -> str:
    """Return the repository that a private registry's URI or an ARN names, without tag, or ``""``.

    Another registry's URI names none: Image Builder pushes to the account's own registry.
    """
    rest = _REGISTRY.sub("", text, count=1)
    if rest == text and _HOST.match(text):
        return ""
    name = re.split("[:@]", rest, maxsplit=1)[0].lower()
    return name if is_repository(name) else ""


def is_image_tag(text: str) -> bool:
    """Return True if the text is a container image tag."""
    return bool(_TAG.fullmatch(text))


def image_tag_in(text: str) -> str:
    """Return the most similar image tag: a hyphen replaces what tags can't have."""
    tag = re.sub(r"[^A-Za-z0-9_.-]+", "-", text).lstrip(".-")[:128]
    return tag if is_image_tag(tag) else ""


def is_key_arn(text: str) -> bool:
    """Return True if the text is the ARN of a KMS key or alias, in any partition and Region."""
    return bool(_KEY_ARN.fullmatch(text))


def key_resource(text: str) -> str:
    """Return the end of the ARN for a key ID or an alias name: ``key/…`` or ``alias/…``, or ``""``.

    ``aws/ebs`` is what people call the alias ``alias/aws/ebs``.
    """
    if found := _KEY_ID.fullmatch(text):
        return f"key/{found['id']}"
    if _ALIAS.fullmatch(text):
        return text
    return f"alias/{text}" if text.startswith("aws/") and is_aws_managed_key(text) else ""


def is_key(text: str) -> bool:
    """Return True if the text names a KMS key: an ARN, a key ID or an alias name."""
    return is_key_arn(text) or bool(key_resource(text))


def is_aws_managed_key(text: str) -> bool:
    """Return True for the alias of a key that AWS manages, as an ARN or by name: ``aws/ebs``."""
    return bool(_AWS_ALIAS.search(text))


CHECKED_NAMES: dict[str, Callable[[str], bool]] = {
    "/amiDistributionConfiguration/kmsKeyId": is_key,
    "/s3ExportConfiguration/roleName": is_role,
    "/s3ExportConfiguration/s3Bucket": is_bucket,
    "/containerDistributionConfiguration/targetRepository/repositoryName": is_repository,
}
"""Where a distribution names a resource, and what says whether the name is valid."""
