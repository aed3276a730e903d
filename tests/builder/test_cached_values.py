"""Values that a cache returns are shared, so they can't be changed."""

from __future__ import annotations

import ast
import dataclasses
import enum
import json
import re
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

import pytest
from django.utils.module_loading import import_string

import distui.urls  # imports all functions with a cache
from distui.builder.analysis import FindingIndex, analyze
from distui.builder.editor.preview import PreviewSection
from distui.builder.forms.declarations import DistributionForm
from distui.core import Context
from distui.core.caching import FrozenDict, FrozenList, cached_functions, freeze
from distui.core.document.parse_error import ParseError
from distui.core.rule_settings.settings import RuleSettings
from tests.core.rules.mistakes import EVERYTHING, MISTAKES, planted
from tests.documents.imported import read_document

AMI = "amiDistributionConfiguration"
REGION = json.dumps(EVERYTHING["distributions"][0])
TEXT = json.dumps(EVERYTHING)


def draft_texts():
    """Yield the text of a draft with each mistake that a draft can hold."""
    for document in map(planted, MISTAKES):
        with suppress(ParseError):
            yield read_document(json.dumps(document)).text


ARGUMENTS = {
    "_check_distribution": (REGION, 0, Context()),
    "_sort_key": ("/distributions/0/region",),
    "_distribution": (REGION,),
    "load_state": (TEXT,),
    "load_region": (REGION,),
    "_analyze": (TEXT, Context(), RuleSettings(), date(2026, 1, 2)),
    "_house_findings_of_region": (REGION, RuleSettings()),
    "_created_names": ("210987654321", "eu-west-1", (0, None)),
    "_known": ("210987654321", "eu-west-1", (0, None)),
    "_region": (REGION,),
    "element_id": ("/name",),
    "_render_folded": (REGION, PreviewSection("preview-0", region_index=0)),
    "_region_lines": (REGION, 0, True, True),
    "highlight": ('"name": 1',),
    "_summary_labels": (REGION,),
    "_section_html": (json.dumps({}), DistributionForm, ("distributions", 0), AMI, (), ()),
    "_configuration": (TEXT, "golden", "210987654321"),
}
# Functions with ``cache`` or ``lru_cache`` that return more than a text or a number.
LOADERS = {
    "distui.builder.state.starters.load_starters": (),
    "distui.builder.team_rules._read": ("",),
    "distui.core.document.strict_json._structures": (),
    "distui.core.formats.names._known": ("Distribution",),
    "distui.core.pointers._tokens": ("/name",),
    "distui.core.reference.geography.locations": (),
    "distui.core.reference.regions._by_name": (),
    "distui.core.reference.regions.names": (),
    "distui.core.reference.regions.partitions": (),
    "distui.core.reference.world_map.dot_positions": ("aws",),
    "distui.core.rules.check._member_positions": ("Distribution",),
    "distui.core.rules.entries.rule_entries": (),
    "distui.core.schema.homes._homes": (),
    "distui.core.schema.shapes.schema": ("sdk",),
    "distui.core.schema.shapes.shape": ("Distribution",),
    "distui.core.schema.shapes.shape_at": ("/distributions/0",),
    "distui.core.schema.validation._schema": ("Distribution", "current"),
    "distui.sandbox.protocol.credential_scope._partitions": (),
}
# Objects of libraries, and parse trees, which evaluation only reads.
OBJECTS = {
    "_client", "_fast_verdict", "_item_verdict", "_model", "_parsed", "_parser_of_escapes",
    "_session", "_validator",
}  # fmt: skip
TEXTS_AND_NUMBERS = {"str", "SafeString", "int | None", "SafeString | str"}
PATTERNS = {"re.Pattern[str]", "re.Pattern[str] | None"}
ATOMS = (str, int, float, bool, type(None), enum.Enum, datetime, re.Pattern, Path)


def changeable_parts(value, path="result"):
    """Yield where in the value there is an object that can be changed."""
    if isinstance(value, ATOMS):
        return
    if isinstance(value, FindingIndex):
        names = ("all", "errors", "notices", "by_region")
        inner = {name: getattr(value, name) for name in names}
    elif dataclasses.is_dataclass(value) and value.__dataclass_params__.frozen:
        inner = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    elif isinstance(value, FrozenDict | MappingProxyType):
        inner = dict(value)
    elif isinstance(value, tuple | FrozenList | frozenset):
        inner = dict(enumerate(value))
    else:
        yield f"{path}: {type(value).__name__}"
        return
    for name, part in inner.items():
        yield from changeable_parts(part, f"{path}.{name}")


@pytest.mark.parametrize("function", cached_functions, ids=lambda function: function.__name__)
@pytest.mark.django_db
def test_a_cached_value_cannot_be_changed(function):
    result = function(*ARGUMENTS[function.__name__])
    assert [*changeable_parts(result)] == []


def loaders():
    """Yield the path and the return type of each function with ``cache`` or ``lru_cache``."""
    root = Path(distui.urls.__file__).parents[1]
    for path in root.glob("distui/**/*.py"):
        module = ".".join(path.relative_to(root).with_suffix("").parts)
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                decorators = {ast.unparse(one).partition("(")[0] for one in node.decorator_list}
                if decorators & {"cache", "lru_cache"}:
                    yield f"{module}.{node.name}", ast.unparse(node.returns)


def test_each_loader_with_a_cache_is_listed():
    found = {
        path
        for path, returns in loaders()
        if returns not in TEXTS_AND_NUMBERS | PATTERNS and path.rpartition(".")[2] not in OBJECTS
    }
    assert found == {*LOADERS}


@pytest.mark.parametrize("path", LOADERS)
def test_a_loaded_value_cannot_be_changed(path):
    assert [*changeable_parts(import_string(path)(*LOADERS[path]))] == []


def test_findings_of_an_index_cannot_be_replaced():
    with pytest.raises(dataclasses.FrozenInstanceError):
        FindingIndex(()).all = ()


@pytest.mark.parametrize("text", draft_texts())
def test_cached_findings_cannot_be_changed(text):
    assert [*changeable_parts(analyze(text, Context()))] == []


def test_changeable_parts_are_found():
    assert [*changeable_parts((freeze({"a": [1]}), [2]))] == ["result.1: list"]
    assert [*changeable_parts(FrozenDict(a=[1]))] == ["result.a: list"]
