"""L050: a pipeline builds either AMIs or container images."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule

_AMI, _CONTAINER = "amiDistributionConfiguration", "containerDistributionConfiguration"


@rule(
    "L050",
    Severity.WARNING,
    "AMI and container settings in one configuration",
    scope="document",
    why="A pipeline has an image recipe or a container recipe, so some settings stay unused.",
    evidence="Service model, CreateImagePipeline.",
)
def one_output_type(document: Json, context: Context) -> Iterator[Problem]:
    """Report the first container settings of a configuration that also has AMI settings."""
    distributions = document.get("distributions", [])
    containers = [index for index, part in enumerate(distributions) if _CONTAINER in part]
    if containers and any(_AMI in part for part in distributions):
        yield Problem(
            f"/distributions/{containers[0]}/{_CONTAINER}",
            "This configuration also has AMI settings. A pipeline builds either AMIs or"
            " containers, so one of them has no effect.",
        )
