"""What the gateway asks of botocore's model of Image Builder."""

from __future__ import annotations

from functools import cache

from botocore.loaders import create_loader
from botocore.model import ServiceModel


def arn_pattern() -> str:
    """The pattern that a distribution configuration's ARN matches in full."""
    return str(_model().shape_for("DistributionConfigurationArn").metadata["pattern"])


def request_members() -> frozenset[str]:
    """The members that Create takes; Get answers with some more, which are only to be read."""
    request = _model().operation_model("CreateDistributionConfiguration").input_shape
    return frozenset(request.members if request else ())


@cache
def _model() -> ServiceModel:
    return ServiceModel(
        create_loader().load_service_model("imagebuilder", "service-2"), "imagebuilder"
    )
