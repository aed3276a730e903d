"""The committed data files equal what the installed botocore gives."""

from __future__ import annotations

import json
import re

import pytest

from distui.aws.refresh_schema import CORE, derive_regions, derive_schema
from distui.core.schema import shapes

ROOT = CORE.parent.parent
VERSION = re.compile(r'^  "x-botocore": "([0-9.]+)",\n', re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "derive"), [("schema", derive_schema), ("regions", derive_regions)]
)
def test_the_committed_file_is_up_to_date(name: str, derive: object) -> None:
    assert callable(derive)
    text = json.dumps(derive(), indent=2, ensure_ascii=False) + "\n"
    assert VERSION.sub("", committed(name)) == VERSION.sub("", text)


def test_the_schema_names_the_locked_botocore_version() -> None:
    locked = re.findall("^botocore==(.+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert VERSION.findall(committed("schema")) == locked == [shapes.botocore_version()]


def committed(name: str) -> str:
    folder = {"schema": "schema", "regions": "reference"}[name]
    return (CORE / folder / f"{name}.json").read_text(encoding="utf-8")


def test_every_constraint_names_its_source() -> None:
    for definition in derive_schema()["$defs"].values():
        members = definition.get("properties", {}).values()
        for part in (
            *definition.get("allOf", []),
            *(p for m in members for p in m.get("allOf", [])),
        ):
            assert part["x-source"] in ("service model", "API reference")
