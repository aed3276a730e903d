"""L050: one recipe gives one kind of output."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule

_CONTAINER = "containerDistributionConfiguration"


@rule(
    "L050",
    Severity.WARNING,
    "AMI and container settings in one configuration",
    scope="document",
    why=(
        "A pipeline has an image recipe or a container recipe, so half of the settings stay unused."
    ),
    evidence="Service model, CreateImagePipeline.",
)
def one_kind_of_output(document: Json, context: Context) -> Iterator[Problem]:
    """The first container block of a configuration that has an AMI block too."""
    distributions = document.get("distributions", [])
    containers = [index for index, part in enumerate(distributions) if _CONTAINER in part]
    if containers and any("amiDistributionConfiguration" in part for part in distributions):
        yield Problem(
            f"/distributions/{containers[0]}/{_CONTAINER}",
            "This configuration has AMI settings too. A pipeline makes either AMIs or containers,"
            " so one of the two has no effect.",
        )
