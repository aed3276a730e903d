"""L048: a repository's name and its image tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.ami_tokens import TOKEN
from distui.core.rules.rule import Context, Json, Problem, rule, set_value
from distui.core.text.characters import quoted

_PART = r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*"
_NAME = re.compile(rf"{_PART}(/{_PART})*", re.ASCII)
_HOST = re.compile(r"[^/]*(\.dkr\.ecr\.|public\.ecr\.aws)", re.ASCII)
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", re.ASCII)
_LONGEST = 256


@rule(
    "L048",
    Severity.ERROR,
    "A container's repository and tags are ones that ECR takes",
    scope="distribution",
    why="The push at the end of the build fails.",
    evidence=(
        "Service model, TargetContainerRepository; ECR service model, RepositoryName; OCI "
        "image tags."
    ),
)
def repository_and_tags(distribution: Json, context: Context) -> Iterator[Problem]:
    """A name with the registry's host or outside ECR's grammar, and tags that are no image tags."""
    container = distribution.get("containerDistributionConfiguration", {})
    name = container.get("targetRepository", {}).get("repositoryName", "")
    host = " Leave the registry's host out." if _HOST.match(name) else ""
    if host or (name and not (2 <= len(name) <= _LONGEST and _NAME.fullmatch(name))):
        place = "/containerDistributionConfiguration/targetRepository/repositoryName"
        alone = name.partition("/")[2] if host else ""
        yield Problem(
            place,
            f"{quoted(name)} is no repository's name.{host} Use 2 to {_LONGEST} lower-case letters,"
            " digits and . _ - between them, with slashes for namespaces, such as team-a/api.",
            fix=set_value(place, alone if _NAME.fullmatch(alone) else ""),
        )
    for index, tag in enumerate(container.get("containerTags", [])):
        place = f"/containerDistributionConfiguration/containerTags/{index}"
        if tag and not _TAG.fullmatch(TOKEN.sub("x", tag)):
            yield Problem(
                place,
                f"{quoted(tag)} is no image tag. Use up to 128 letters, digits and . _ -,"
                " with none of . and - in front.",
            )
        elif tag == "latest":
            yield Problem(
                place,
                "latest moves with each build, so nobody can tell which image it was.",
                Severity.WARNING,
            )
