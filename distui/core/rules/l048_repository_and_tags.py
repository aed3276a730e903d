"""L048: the name of a container repository and its image tags are valid."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at, value_at
from distui.core.reference.ami_tokens import TOKEN
from distui.core.reference.resource_names import (
    MAX_REPOSITORY,
    has_registry,
    image_tag_in,
    is_image_tag,
    is_repository,
    repository_in,
)
from distui.core.rules.rule import Context, Json, Problem, rule, set_value
from distui.core.text.characters import describe_odd_character, quoted

_REPOSITORY = "/containerDistributionConfiguration/targetRepository/repositoryName"


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
    if name and not is_repository(name) and not describe_odd_character(name):
        what = "name, not the ARN" if name.startswith("arn:") else "name without the registry host"
        hint = f" Enter the {what}." if has_registry(name) else ""
        if hint and not repository_in(name):
            hint = " Images are pushed to a private ECR repository, not to this registry."
        yield Problem(
            _REPOSITORY,
            f"Invalid repository name {quoted(name)}.{hint} Use 2 to {MAX_REPOSITORY} lowercase"
            " letters and digits, separated by . _ - or / for namespaces, for example team-a/api.",
            fix=set_value(_REPOSITORY, repository_in(name)),
        )
    for pointer, tag in items_at(distribution, "/containerDistributionConfiguration/containerTags"):
        if tag == "latest":
            message = "latest moves to each new build, so it doesn't identify an image."
            yield Problem(pointer, message, Severity.WARNING)
        elif tag and not is_image_tag(TOKEN.sub("x", tag)) and not describe_odd_character(tag):
            message = (
                f"Invalid image tag {quoted(tag)}. Use up to 128 letters, digits and . _ -;"
                " a tag can't start with . or -."
            )
            yield Problem(pointer, message, fix=set_value(pointer, image_tag_in(tag)))
