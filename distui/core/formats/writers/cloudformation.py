"""CloudFormation: a template with the configuration as its only resource.

Members: the user guide's ``AWS::ImageBuilder::DistributionConfiguration``, which has no VM export.
The resource is retained, so that an existing configuration can be imported into the stack.
"""

from __future__ import annotations

import json
import shlex
from typing import Any

from distui.core.formats.names import CLOUDFORMATION
from distui.core.formats.syntax.yaml_writing import dump_yaml
from distui.core.formats.writing import Renaming, Written
from distui.core.schema import shapes

TYPE = "AWS::ImageBuilder::DistributionConfiguration"
LOGICAL_ID = "DistributionConfiguration"
_UNSUPPORTED = {
    (shapes.REQUEST, "clientToken"),
    (shapes.REQUEST, "dryRun"),
    ("Distribution", "s3ExportConfiguration"),
}


def write_yaml(document: dict[str, Any], arn: str = "") -> Written:
    """Return a template in YAML; with an ARN, how to import the configuration into a stack."""
    template, lost = _template(document)
    return Written(_import_command(arn) + dump_yaml(template), lost)


def write_json(document: dict[str, Any], arn: str = "") -> Written:
    """Return a template in JSON."""
    template, lost = _template(document)
    return Written(json.dumps(template, indent=2, ensure_ascii=False) + "\n", lost)


def properties(document: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the resource's properties, and the pointers of what they can't have."""
    renaming = Renaming(CLOUDFORMATION, _UNSUPPORTED)
    return renaming.value(document, shapes.shape()), tuple(renaming.lost)


def _template(document: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    found, lost = properties(document)
    resource = {
        "Type": TYPE,
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": found,
    }
    resources = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {LOGICAL_ID: resource}}
    return resources, lost


def _import_command(arn: str) -> str:
    if not arn:
        return ""
    identifier = {"ResourceType": TYPE, "LogicalResourceId": LOGICAL_ID}
    resources = json.dumps([identifier | {"ResourceIdentifier": {"Arn": arn}}])
    return (
        "# To import the existing configuration, create a change set with\n"
        f"#   --change-set-type IMPORT --resources-to-import {shlex.quote(resources)}\n"
    )
