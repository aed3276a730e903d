"""The committed facts of core are what the installed botocore says."""

from __future__ import annotations

import json

import pytest

from distui.aws.refresh_schema import CORE, derive_regions, derive_schema


@pytest.mark.parametrize(
    ("name", "derive"), [("schema", derive_schema), ("regions", derive_regions)]
)
def test_the_committed_file_is_what_botocore_gives(name: str, derive: object) -> None:
    assert callable(derive)
    text = json.dumps(derive(), indent=2, ensure_ascii=False) + "\n"
    assert (CORE / f"{name}.json").read_text(encoding="utf-8") == text


def test_every_constraint_names_its_source() -> None:
    for definition in derive_schema()["$defs"].values():
        members = definition.get("properties", {}).values()
        for part in (
            *definition.get("allOf", []),
            *(p for m in members for p in m.get("allOf", [])),
        ):
            assert part["x-source"] in ("service model", "API reference")
