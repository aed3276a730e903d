"""Mutated files of all formats: read, or refused with a reason, and soon."""

from __future__ import annotations

import json
import os
import random
import time

import pytest

from distui.core import Context, check
from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import read_all
from distui.core.formats.reading import Reading
from distui.core.formats.registry import WRITERS, write
from tests.core.formats.test_cloudformation import LOOP
from tests.core.formats.test_packer import BUILDS
from tests.core.formats.test_reader import FRAMES
from tests.documents.public_cases import CASES
from tests.product import ROOT

COUNT = int(os.environ.get("MUTATED_FILES", "500"))
BATCHES = 10
VALID = json.loads((ROOT / "tests" / "documents" / "valid" / "everything.json").read_text())
PIECES = [
    *"{}[]()\"'\\:,=#-&*!|>%@`~^$\t\n\r\0", "${", "{{", "}}", "<<", "- ", "!Ref x", "&a ", "*a",
    "null", "true", "1e999", "-0", "\ud800", "\ufeff", "é", "//", "/*", "\\u0000",
    "dynamic \"x\" {", "for_each = x", "Fn::If", "? ", "--- ", "%{if", "0x", "..", "[*]",
]  # fmt: skip


def sources() -> list[str]:
    """Return texts of all formats: the public cases, and a document as each format writes it."""
    texts = [*FRAMES.values(), LOOP, BUILDS, *(write(format, VALID).text for format in WRITERS)]
    for path in sorted(CASES.rglob("*.*")):
        if path.name not in ("expected.json", "INDEX.json"):
            texts.append(path.read_bytes().decode("utf-8", "replace"))
    return texts


SOURCES = sources()


def mutated(text: str, random_: random.Random) -> str:
    """Return the text after a few changes: pieces removed, added, repeated or exchanged."""
    for _ in range(random_.randint(1, 4)):
        start = random_.randrange(len(text) + 1)
        end = min(len(text), start + random_.choice([0, 1, 1, 5, 40]))
        piece = random_.choice([*PIECES, text[start:end] * 2, text[end : end + 60], ""])
        text = text[:start] + piece + text[end:]
    return text


def read_or_refuse(text: str) -> list[Reading]:
    """Return the readings of a text, none if it is refused with a reason."""
    try:
        return read_all(text)
    except ParseError as error:
        if not str(error):
            raise AssertionError("refused without a reason") from error
        return []


@pytest.fixture(scope="module", autouse=True)
def _parser_of_hcl() -> None:
    """Build the parser before anything is measured: it takes a second without its cache."""
    read_or_refuse('resource "x" "y" {}\n')


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_mutated_file_is_read_or_refused(batch: int) -> None:
    seed = random.Random(batch)
    for _ in range(COUNT // BATCHES):
        text = mutated(seed.choice(SOURCES), seed)
        start = time.process_time()
        readings = read_or_refuse(text)
        assert time.process_time() - start < 1, text
        for reading in readings:
            check(reading.document, Context())
            reading.places()
            json.dumps(reading.document)
