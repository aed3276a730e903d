"""The formats that a document can be written in, by the names of ``distui convert --to``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from distui.core.document import printing
from distui.core.formats.writers import (
    boto3_script,
    cdk,
    cli_yaml,
    cloudformation,
    shell_command,
    terraform,
)
from distui.core.formats.writing import Written
from distui.core.schema import shapes

Writer = Callable[[dict[str, Any], str], Written]


def _write_api(document: dict[str, Any], arn: str = "") -> Written:
    return Written(printing.dumps(document) + "\n")


WRITERS: dict[str, Writer] = {
    "api": _write_api,
    "yaml": cli_yaml.write,
    "cloudformation": cloudformation.write_yaml,
    "cloudformation-json": cloudformation.write_json,
    "terraform": terraform.write,
    "cli": shell_command.write,
    "boto3": boto3_script.write,
    "cdk-python": cdk.write_python,
    "cdk-typescript": cdk.write_typescript,
}


def write(format: str, document: dict[str, Any], arn: str = "") -> Written:
    """Return the document in a format, with its members in the API's order.

    ``arn`` is that of an existing configuration. Raises ``KeyError`` for an unknown format.
    """
    return WRITERS[format](printing.in_api_order(document, shapes.shape()), arn)
