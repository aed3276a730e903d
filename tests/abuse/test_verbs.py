"""Every verb of the editor with every pointer: it edits the draft, or says why it can't."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from django.http import QueryDict

from distui.builder.editor import button
from distui.builder.editor.button import press
from distui.builder.editor.request import EditorRequest
from distui.builder.models import Draft, NamedGroup
from distui.builder.state.draft_state import dump_state, load_state, to_document
from distui.builder.state.errors import EditError
from distui.core import check
from distui.core.document.parse_error import ParseError
from tests.abuse.forms import ARGUMENTS, VERBS, pointers
from tests.documents.imported import read_document
from tests.factories import document

WITHOUT_PLACE = {
    *("save", "autosave", "review", "close", "paste", "mine", "dismiss", "target"),
    *("json", "discard"),
}
WITHOUT_EFFECT = {"undo", "redo", "theirs", "select", "clear", "unknown", ""}  # on a state
# Values of types that the schema doesn't have there, which an import may keep.
ODD_VALUES = ("", "x", 7, True, None, [], ["x"], [[]], {}, {"x": "y"}, [{}], [None])
WHOLE = 3  # states that are pressed everywhere
ODD_PARENT = "/amiDistributionConfiguration/"
ODD_PLACES = (
    *(("targetAccountIds",), ("name",), ("amiTags",), ("launchPermission",)),
    *(("launchPermission", "userIds"), ("launchPermission", "userGroups"), ("kmsKeyId",)),
)


def rich_document():
    """Return a document with every kind of structure: lists, maps, lists of structures."""
    value = document()
    region = value["distributions"][0]
    region["amiDistributionConfiguration"] |= {
        "targetAccountIds": ["123456789012", "12345678901", "x"],
        "amiTags": {"Team": "a", "Stage": "b"},
        "launchPermission": {"userIds": ["210987654321"], "userGroups": ["all"]},
    }
    region |= {
        "launchTemplateConfigurations": [{"launchTemplateId": "lt-1"}, {}],
        "licenseConfigurationArns": ["arn:aws:license-manager:eu-west-1:1:x"],
        "fastLaunchConfigurations": [{"enabled": True, "snapshotConfiguration": {}}],
        "s3ExportConfiguration": {"diskImageFormat": "VHD"},
    }
    return value | {"tags": {"Team": "platform"}}


def odd_documents():
    """Yield the document with each odd value at each odd place."""
    for path in ODD_PLACES:
        for value in ODD_VALUES:
            odd = rich_document()
            parent = odd["distributions"][0]["amiDistributionConfiguration"]
            for name in path[:-1]:
                parent = parent[name]
            parent[path[-1]] = value
            yield odd


def states():
    """Yield the states of the documents that can be imported, without duplicates."""
    seen = set()
    for value in (rich_document(), {"distributions": []}, {}, *odd_documents()):
        try:
            text = read_document(json.dumps(value)).text
        except ParseError:
            text = dump_state(rich_document())
        if text not in seen:
            seen.add(text)
            yield {"distributions": []} | load_state(text)  # as a post is read


def places(verb, state, whole):
    """Yield what to press the verb with: near the odd values, or with ``whole`` anywhere.

    A fix is pressed with each finding that has one.
    """
    if whole:
        yield from ARGUMENTS
    if verb not in ("fix", "fix-all"):
        yield from (place for place in pointers(state) if whole or ODD_PARENT in f"{place}/")
    else:
        for found in check(to_document(state)):
            for number in range(len(found.fixes)):
                yield f"{found.rule}.{number}:{found.pointer}"


def handled_verbs() -> Iterator[str]:
    """Yield each text with which the editor's code compares a verb."""
    for path in Path(button.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Match(subject=ast.Attribute(attr="verb")):
                    compared = [case.pattern for case in node.cases]
                case ast.Compare(left=ast.Attribute(attr="verb") | ast.Name(id="verb")):
                    compared = node.comparators
                case _:
                    continue
            for part in (part for each in compared for part in ast.walk(each)):
                if isinstance(part, ast.Constant):
                    yield part.value


def test_the_list_has_every_verb_that_the_editor_handles():
    handled = {*handled_verbs()}
    assert {"paste", "theirs", "undo", "insert"} < handled
    assert handled <= {*VERBS}


@pytest.mark.parametrize("verb", VERBS)
def test_it_edits_or_refuses(verb, alice):
    suffixes = {
        "insert": ["", ":x", *(f":{group.pk}" for group in named_groups(alice))],
        "fix": ["", ":x"],
        "fix-all": ["", ":x"],
    }.get(verb, ["", ":x", "/0"])
    refusals, edits = [], 0
    for number, state in enumerate(states()):
        before = dump_state(state)
        pressed = places(verb, state, whole=number < WHOLE)
        for place, suffix in product(pressed, suffixes):
            data = QueryDict(mutable=True)
            data["op"] = f"{verb}:{place}{suffix}"
            try:
                press(EditorRequest.parse(data), state, alice, Draft(owner=alice))
                edits += 1
            except EditError as error:
                refusals.append(error.message)
        assert dump_state(state) == before
    assert all(refusals)
    assert bool(refusals) == (verb not in WITHOUT_PLACE)
    assert bool(edits) == (verb not in WITHOUT_EFFECT)


def named_groups(owner):
    """Return a group of each kind."""
    kinds = (("accounts", "123456789012"), ("regions", "eu-west-1"))
    return [
        NamedGroup.objects.create(name=kind, kind=kind, members=members, owner=owner)
        for kind, members in kinds
    ]
