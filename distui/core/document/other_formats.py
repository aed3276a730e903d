"""Documents of other tools, recognized to name them: they hold no request of the API."""

from __future__ import annotations

import re
from typing import Any

_TYPE = "AWS::ImageBuilder::"
_TEXTS = {
    "a Terraform configuration": re.compile(
        r"^\s*(?:resource|data|module|variable|locals|provider|terraform)\b[^\n]*\{", re.M
    ),
    "a CloudFormation template in YAML": re.compile(
        r"^(?:AWSTemplateFormatVersion|Resources|Parameters)\s*:|^\s*Type:\s*['\"]?AWS::", re.M
    ),
    "YAML": re.compile(r"^(?:---\s*$|-?\s*[A-Za-z]\w*:(?:\s|$))", re.M),
}
_EXCERPT = 100_000  # characters that are looked at


def name_text(text: str) -> str:
    """Return the name of a format other than JSON: ``a Terraform configuration``, or ""."""
    start = text[:_EXCERPT]
    if start.lstrip()[:1] in ("{", "["):
        return ""
    return next((name for name, pattern in _TEXTS.items() if pattern.search(start)), "")


def name_value(value: dict[str, Any]) -> str:
    """Return what the JSON object is: ``a CloudFormation template``, or "" for a request."""
    resources = value.get("Resources")
    if "AWSTemplateFormatVersion" in value or isinstance(resources, dict):
        return "a CloudFormation template"
    if str(value.get("Type", "")).startswith(_TYPE) and "Properties" in value:
        return "a CloudFormation resource"
    if "terraform_version" in value or "planned_values" in value:
        return "a Terraform plan or state"
    if isinstance(value.get("resource"), dict):
        return "a Terraform configuration"
    if "distributionConfigurationSummaryList" in value:
        return "a response of ListDistributionConfigurations"
    if "distributionConfigurationArn" in value and not {"distributions", "name"} & value.keys():
        return "a response with only the ARN of a configuration"
    return ""
