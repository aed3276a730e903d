"""What makes two names of configurations the same name."""

from __future__ import annotations


def normalize_name(name: str) -> str:
    """The name as it is compared and as it stands in the ARN: ``My_Image`` gives ``my-image``.

    Service model, CreateDistributionConfiguration, name: names that differ only in case, spaces or
    underscores count as the same.
    """
    return name.lower().replace(" ", "-").replace("_", "-")
