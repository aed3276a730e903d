"""The AWS CLI: a command that creates the configuration, safe to paste into a POSIX shell."""

from __future__ import annotations

import json
import shlex
from typing import Any

from distui.core.formats.writing import Written


def write(document: dict[str, Any], arn: str = "") -> Written:
    """Return the command; its request is ASCII in single quotes, without control characters."""
    request = json.dumps(document, indent=2).replace("\x7f", "\\u007f")
    command = "aws imagebuilder create-distribution-configuration --cli-input-json"
    return Written(f"{command} {shlex.quote(request)}\n")
