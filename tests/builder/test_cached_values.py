"""Values that a cache returns are shared, so they can't be changed."""

from __future__ import annotations

import dataclasses
import enum
import json
from contextlib import suppress
from datetime import date, datetime
from types import MappingProxyType

import pytest

import distui.urls  # noqa: F401 (imports all functions with a cache)
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
ATOMS = (str, int, float, bool, type(None), enum.Enum, datetime)


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


@pytest.mark.parametrize("text", draft_texts())
def test_cached_findings_cannot_be_changed(text):
    assert [*changeable_parts(analyze(text, Context()))] == []


def test_changeable_parts_are_found():
    assert [*changeable_parts((freeze({"a": [1]}), [2]))] == ["result.1: list"]
    assert [*changeable_parts(FrozenDict(a=[1]))] == ["result.a: list"]
