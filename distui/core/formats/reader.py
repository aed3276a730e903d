"""The one reader: the configurations in a text or a file, however people have them at hand.

The import page, pasting over the preview, ``lint`` and ``import_draft`` read by it, so that all of
them give the same answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from distui.core.document import python_literal, strict_json
from distui.core.document.parse_error import ParseError, SyntaxProblem
from distui.core.formats.duplicate_keys import Repairs, assign, find_duplicates
from distui.core.formats.readers import (
    api_json,
    cli_yaml,
    cloudformation,
    packer,
    terraform,
    terraform_json,
)
from distui.core.formats.reading import Reading
from distui.core.formats.syntax import yaml_text
from distui.core.formats.syntax.json_text import (
    JsonPlaces,
    first_offset,
    json_texts,
    parse_nodes,
    without_comments,
)
from distui.core.formats.syntax.nodes import MAX_DEPTH, Place, surface
from distui.core.reference.regions import partition_of

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NOTHING: Mapping[str, str] = {}


def read_all(
    source: str | bytes, *, any_text: bool = False, pseudo: Mapping[str, str] = _NOTHING
) -> list[Reading]:
    """Return the configurations in the source, at least one.

    A request of Create or Update, a list of distributions, a response of Get and a notification,
    in JSON, in the CLI's YAML and as Python prints them, have one. Lists of them, several documents
    in one text, CloudFormation, Terraform and Packer can have several. Comments are allowed in all
    formats. The configurations themselves are not checked. ``any_text`` accepts
    characters that no database stores. ``pseudo`` are known pseudo parameters of CloudFormation;
    Terraform's data sources have the same values.
    Raises ``ParseError``.
    """
    try:
        found = _read_all(strict_json.decode(source), any_text, pseudo)
    except RecursionError as error:  # locals that need each other, a thousand of them
        raise ParseError("The document has too many levels.") from error
    return [_titled(reading) for reading in found] if len(found) > 1 else found


def _read_all(text: str, any_text: bool, pseudo: Mapping[str, str]) -> list[Reading]:
    start = first_offset(text)
    if python_literal.looks_like_python(text, start):
        printed = api_json.configurations_in(python_literal.parse_python(text))
        return [_noted(reading, "Read as a printed Python value.") for reading, _ in printed]
    if text[start : start + 1] in ("{", "[", ""):
        return _read_json(text, any_text, pseudo)
    _refuse_surrogates(text)
    if yaml_text.is_entry(text, start):
        return _checked(_read_yaml(text, pseudo), any_text)
    rest = text[start:]
    if packer.recognizes(rest):
        return _checked(packer.read(text), any_text)
    if terraform.recognizes(rest):
        return _checked(terraform.read(text, pseudo), any_text)
    if yaml_text.recognizes(rest):
        return _checked(_read_yaml(text, pseudo), any_text)
    return [api_json.configuration_in(strict_json.parse(text, any_text=any_text))]


def pseudo_parameters(account: str, region: str) -> dict[str, str]:
    """Return CloudFormation's pseudo parameters of an account and its Region, "" for unknown."""
    known = {
        "AWS::AccountId": account,
        "AWS::Region": region,
        "AWS::Partition": partition_of(region),
    }
    return {name: value for name, value in known.items() if value}


def read(
    source: str | bytes, *, any_text: bool = False, pseudo: Mapping[str, str] = _NOTHING
) -> Reading:
    """Return the configuration in the source. Raises ``ParseError``, also if there are several."""
    found = read_all(source, any_text=any_text, pseudo=pseudo)
    if len(found) > 1:
        titles = ", ".join(reading.title or "one without a name" for reading in found)
        raise ParseError(f"There are {len(found)} configurations: {titles}. Keep only one.")
    return found[0]


def read_object(source: str | bytes, pseudo: Mapping[str, str] = _NOTHING) -> Reading:
    """Return the configuration in the source. Raises ``ParseError``, also if it isn't an object."""
    return as_object(read(source, pseudo=pseudo))


def as_object(reading: Reading) -> Reading:
    """Return the reading. Raises ``ParseError`` if its document isn't an object."""
    if not isinstance(reading.document, dict):
        raise ParseError('Expected a JSON object, for example {"name": …}, at line 1, column 1.')
    return reading


def _read_json(text: str, any_text: bool, pseudo: Mapping[str, str]) -> list[Reading]:
    """Return the configurations in JSON, also with comments, in several documents or as YAML."""
    try:
        return _read_value(text, any_text, pseudo)
    except strict_json.BeyondRequest:
        raise
    except ParseError as error:
        if not error.problems:
            raise
        start = first_offset(text)
        if yaml_text.is_flow(text, start):
            _refuse_surrogates(text)
            text = without_comments(text[:start]) + text[start:]
            return _checked(_read_yaml(text, pseudo), any_text)
        texts, clean = json_texts(text), without_comments(text)
        if texts == [text]:
            raise
    found = [reading for one in texts for reading in _read_value(one, any_text, pseudo)]
    return found if clean == text else [_noted(reading, "Ignored comments.") for reading in found]


def _read_value(text: str, any_text: bool, pseudo: Mapping[str, str]) -> list[Reading]:
    duplicates: Repairs = ()
    try:
        value = _parse(text, any_text)
    except strict_json.DuplicateKey as error:
        value = _parse(text, any_text, take_last=True)
        duplicates = find_duplicates(text, error)
    if not _is_other(value):
        found = api_json.configurations_in(value)
        repairs_of = assign(duplicates, [frame for _, frame in found])
        return [
            replace(reading, places=partial(_places, text, frame), repairs=repairs)
            for (reading, frame), repairs in zip(found, repairs_of, strict=True)
        ]
    node = parse_nodes(text)
    if cloudformation.recognizes(node):
        readings = cloudformation.read(node, pseudo)
    else:
        is_packer = packer.recognizes_json(node)
        readings = packer.read_json(node) if is_packer else terraform_json.read(node, pseudo)
    first, *others = _checked(readings, any_text)
    (repairs,) = assign(duplicates, [None])
    return [replace(first, repairs=(*repairs, *first.repairs)), *others]


def _parse(text: str, any_text: bool, *, take_last: bool = False) -> Any:
    """Return the JSON value of a request, or of another format, which may be deeper."""
    try:
        return strict_json.parse(text, any_text=any_text, take_last=take_last)
    except strict_json.BeyondRequest as beyond:
        value = strict_json.parse(text, any_text=any_text, max_depth=MAX_DEPTH, take_last=take_last)
        if not _is_other(value):
            raise beyond from None
        return value


def _refuse_surrogates(text: str) -> None:
    """Raise ``ParseError`` for half of a surrogate pair, which only JSON can have."""
    if found := _LONE_SURROGATE.search(text):
        problem = SyntaxProblem.at(f"Invalid character U+{ord(found[0]):04X}", text, found.start())
        raise ParseError.of([problem], text)


def _is_other(value: Any) -> bool:
    """Return True for a JSON value of another format than the API's."""
    node = surface(value)
    recognizers = (
        cloudformation.recognizes,
        packer.recognizes_json,
        terraform_json.recognizes,
    )
    return any(recognizes(node) for recognizes in recognizers)


def _read_yaml(text: str, pseudo: Mapping[str, str]) -> list[Reading]:
    found: list[Reading] = []
    for node in yaml_text.parse_documents(text):
        if cloudformation.recognizes(node):
            found += cloudformation.read(node, pseudo)
        else:
            found += cli_yaml.read(node)
    if not found:
        raise ParseError("The document is empty.")
    return found


def _checked(readings: list[Reading], any_text: bool) -> list[Reading]:
    """Return the readings. Raises ``ParseError`` for what JSON of a request can't hold either."""
    for reading in readings:
        try:
            strict_json.parse(json.dumps(reading.document), any_text=any_text)
        except ParseError as error:
            problems = ", ".join(problem.problem for problem in error.problems)
            raise ParseError(f"{problems}." if problems else str(error)) from error
    return readings


def _titled(reading: Reading) -> Reading:
    """Return the reading with the configuration's name as its title, if the text has none."""
    name = reading.document.get("name", "") if isinstance(reading.document, dict) else ""
    return replace(reading, title=reading.title or str(name))


def _noted(reading: Reading, notice: str) -> Reading:
    return replace(reading, notices=(notice, *reading.notices))


def _places(text: str, frame: tuple[str, str] | None) -> Mapping[str, Place]:
    """Return the lines and columns of the pointers of a request."""
    return JsonPlaces(text, *frame) if frame else {}
