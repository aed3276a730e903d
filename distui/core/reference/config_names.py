"""How Image Builder compares the names of distribution configurations."""

from __future__ import annotations


def normalize_name(name: str) -> str:
    """Return the name as it is compared and used in the ARN: ``My_Image`` gives ``my-image``.

    Source: service model, CreateDistributionConfiguration, name. Names that differ only in case,
    spaces or underscores are the same name.
    """
    return name.lower().replace(" ", "-").replace("_", "-")
