"""Facts from botocore's service model of Image Builder."""

from __future__ import annotations

from functools import cache

from botocore.loaders import create_loader
from botocore.model import ServiceModel


def arn_pattern() -> str:
    """Return the regular expression for the ARN of a distribution configuration."""
    return str(_model().shape_for("DistributionConfigurationArn").metadata["pattern"])


def request_members() -> frozenset[str]:
    """Return the members of a Create request; Get returns these and some read-only ones."""
    request = _model().operation_model("CreateDistributionConfiguration").input_shape
    return frozenset(request.members if request else ())


@cache
def _model() -> ServiceModel:
    return ServiceModel(
        create_loader().load_service_model("imagebuilder", "service-2"), "imagebuilder"
    )
