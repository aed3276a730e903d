"""Printing of YAML whose texts no parser takes for numbers, booleans or dates."""

from __future__ import annotations

import re
from typing import Any

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_ ./-]*[A-Za-z0-9_/-]|[A-Za-z]", re.ASCII)
_RESERVED = re.compile(r"true|false|yes|no|on|off|null|y|n", re.IGNORECASE)
_NOT_SINGLE_QUOTED = re.compile(r"[^ -~]|^ | $")


def dump_yaml(value: Any) -> str:
    """Return the value as YAML, in its own order."""
    import yaml  # only where it is needed: lint starts without it

    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)  # items are indented below their key

        def ignore_aliases(self, data: Any) -> bool:
            return True

    def represent(dumper: Any, text: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))

    Dumper.add_representer(str, represent)
    Dumper.add_multi_representer(dict, Dumper.represent_dict)  # shared values are subclasses
    Dumper.add_multi_representer(list, Dumper.represent_list)
    dumped: str = yaml.dump(
        value, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=float("inf")
    )
    return dumped


def _style(text: str) -> str | None:
    if _PLAIN.fullmatch(text) and not _RESERVED.fullmatch(text):
        return None
    return '"' if _NOT_SINGLE_QUOTED.search(text) else "'"
