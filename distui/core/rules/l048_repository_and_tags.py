"""L048: the name of a container repository and its image tags are valid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at, value_at
from distui.core.reference.ami_tokens import TOKEN
from distui.core.rules.rule import Context, Json, Problem, rule, set_value
from distui.core.text.characters import quoted

_REPOSITORY = "/containerDistributionConfiguration/targetRepository/repositoryName"
_PART = r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*"
_NAME = re.compile(rf"{_PART}(/{_PART})*", re.ASCII)
_HOST = re.compile(r"[^/]*(\.dkr\.ecr\.|public\.ecr\.aws)", re.ASCII)
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", re.ASCII)
_MAX_LENGTH = 256


@rule(
    "L048",
    Severity.ERROR,
    "ECR repository name and image tags",
    scope="distribution",
    why="The push at the end of the build fails.",
    evidence=(
        "Service model, TargetContainerRepository; ECR service model, RepositoryName; OCI "
        "image tags."
    ),
)
def repository_and_tags(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report a name with the registry's host, invalid names and tags, and the tag ``latest``."""
    name = value_at(distribution, _REPOSITORY)
    hint = " Remove the registry host." if _HOST.match(name) else ""
    if hint or (name and not (2 <= len(name) <= _MAX_LENGTH and _NAME.fullmatch(name))):
        path = name.partition("/")[2] if hint else ""
        yield Problem(
            _REPOSITORY,
            f"Invalid repository name {quoted(name)}.{hint} Use 2 to {_MAX_LENGTH} lowercase"
            " letters and digits, separated by . _ - or / for namespaces, for example team-a/api.",
            fix=set_value(_REPOSITORY, path if _NAME.fullmatch(path) else ""),
        )
    for pointer, tag in items_at(distribution, "/containerDistributionConfiguration/containerTags"):
        if tag and not _TAG.fullmatch(TOKEN.sub("x", tag)):
            message = (
                f"Invalid image tag {quoted(tag)}. Use up to 128 letters, digits and . _ -;"
                " a tag can't start with . or -."
            )
            yield Problem(pointer, message)
        elif tag == "latest":
            message = "latest moves to each new build, so it doesn't identify an image."
            yield Problem(pointer, message, Severity.WARNING)
