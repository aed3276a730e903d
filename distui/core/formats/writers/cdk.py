"""AWS CDK: the resource as a ``CfnResource``, whose properties are those of CloudFormation."""

from __future__ import annotations

import json
from typing import Any

from distui.core.formats.syntax.python_writing import python_literal
from distui.core.formats.writers.cloudformation import TYPE, properties
from distui.core.formats.writing import Written


def write_python(document: dict[str, Any], arn: str = "") -> Written:
    """Return a snippet for the constructor of a stack in Python."""
    found, lost = properties(document)
    return Written(
        "from aws_cdk import CfnResource\n\n"
        "CfnResource(\n"
        "    self,\n"
        '    "DistributionConfiguration",\n'
        f'    type="{TYPE}",\n'
        f"    properties={python_literal(found, '    ')},\n"
        ")\n",
        lost,
    )


def write_typescript(document: dict[str, Any], arn: str = "") -> Written:
    """Return a snippet for the constructor of a stack in TypeScript."""
    found, lost = properties(document)
    text = json.dumps(found, indent=2, ensure_ascii=False).replace("\n", "\n  ")
    return Written(
        "import { CfnResource } from 'aws-cdk-lib';\n\n"
        "new CfnResource(this, 'DistributionConfiguration', {\n"
        f"  type: '{TYPE}',\n"
        f"  properties: {text},\n"
        "});\n",
        lost,
    )
