"""YAML of the AWS CLI: input of ``--cli-input-yaml``."""

from __future__ import annotations

from typing import Any

from distui.core.formats.syntax.yaml_writing import dump_yaml
from distui.core.formats.writing import Written


def write(document: dict[str, Any], arn: str = "") -> Written:
    """Return the document; nothing of it is lost."""
    return Written(dump_yaml(document))
