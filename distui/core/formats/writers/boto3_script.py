"""boto3: a script that creates the configuration."""

from __future__ import annotations

from typing import Any

from distui.core.formats.syntax.python_writing import python_literal
from distui.core.formats.writing import Written

_SCRIPT = '''\
"""Create an EC2 Image Builder distribution configuration in the Region of the AWS profile."""

import boto3

REQUEST = {request}

client = boto3.client("imagebuilder")
response = client.create_distribution_configuration(**REQUEST)
print(response["distributionConfigurationArn"])
'''


def write(document: dict[str, Any], arn: str = "") -> Written:
    """Return the script; without a client token, boto3 makes one at each run."""
    return Written(_SCRIPT.format(request=python_literal(document)))
