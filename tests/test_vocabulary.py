"""The project's words: standard names, and plain English in docstrings, comments and pages.

The lists hold what was renamed or reworded once, so that it does not come back.
"""

from __future__ import annotations

import ast
import re
import subprocess
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# This file quotes what it bans.
EXEMPT = {"tests/test_vocabulary.py"}

MODULES = [
    "anchors", "deciding", "differences", "drawing", "imports", "judging", "kept", "lastlook",
    "lines", "live", "lists", "marks", "members", "merging", "nouns", "own_fields", "pasted",
    "pickers", "posted", "posts", "preparing", "progress", "proof", "records", "remembering",
    "reviewing", "saving", "settling", "slots", "spots", "wire", "wording",
]  # fmt: skip

CLASSES = [
    "Area", "Aside", "Barred", "Boxes", "Broken", "Fact", "Gone", "Judged", "LastLook",
    "Launchers", "Leaf", "Live", "NoSuchPlace", "NotPrepared", "NotYours", "Offer", "Other",
    "OtherContent", "Outcome", "PageRequest", "Part", "PeoplesGroupAdmin", "PersonAdmin",
    "Piece", "Reviewing", "SavedBy", "Sheet", "Slot", "Spot", "State", "TallyLine", "Told",
    "UnknownKey", "Unread", "Words",
]  # fmt: skip

NAMES = [
    "anew", "aside", "became", "doubts", "drawn", "fate", "forget", "forget_aside", "former",
    "fresh", "given_up", "glance", "grew_from", "hindrance", "learn_account", "meant", "mended",
    "namesake", "news", "notes", "passing", "remembered", "said", "set_aside", "spoken",
    "strangers", "strays", "tell_draft", "told", "typed_changes", "typed_on", "_goes_on",
    "_gone_on", "_listed", "_named", "_overtaken", "_rejoined", "_show", "_stepped", "_unseen",
]  # fmt: skip

CSS_CLASSES = [
    "btn-icon", "choosing", "cut", "field-row", "finding-word", "list-input", "mono", "muted",
    "nest", "num", "progress-line", "tally",
]  # fmt: skip

# Without the underscore and the suffix.
TEMPLATES = [
    "apply", "area", "bar_findings", "beginnings", "body", "choose", "fold", "fold_label", "found",
    "opened", "other", "pages", "part", "piece", "places", "resolved", "spot", "told", "unread",
]  # fmt: skip

# What each expression matches, with the plain way to say it.
PROSE = {
    "told of, said of: say who reports it": r"\b(?:told|said|tells?) of\b|\b(?:is|are) told\b",
    "stands: is, means, wins": r"\b(?:stands?|stood)\b(?! ?alone)",
    "anew: again": r"\banew\b",
    "aside: unsaved, separately": r"(?<![</])\baside\b(?! from)",
    "meanwhile: in between": r"\bmeanwhile\b",
    "let go: delete": r"\blets? (?:\w+ )?go\b",
    "goes on: continues": r"\b(?:go|goes|went|going) on\b",
    "is no X: is not an X": r"(?<![Tt]here )\b(?:is|are|was|were) no (?!longer\b|more\b|one\b)\w+",
    "of which, of whom: whose": r"\b(?:of which|whom)\b",
    "where there is none: if there is none": r"\bwhere(?:ver)? (?:there (?:is|are)|one is|none)\b",
    "nobody, whoever: name the person": r"\b(?:nobody|somebody|everybody|whoever|whatever)\b",
    "rooms, the house: packages, the project": r"\brooms\b|\bthe house\b|\bway of the data\b",
}
# Docstrings and comments only: a page may ask a question.
SENTENCES = {
    "What, Whether, Which …: begin with a noun or a verb": (
        r"(?:^|[.;:] )(?:What|Whatever|Whoever|Whichever|Whether|Which)\b(?![^.]*\?)"
    ),
}


def tracked(*patterns: str) -> list[Path]:
    """Return the repository's files that match, without the exempt ones."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    return [ROOT / name for name in listed if name not in EXEMPT and (ROOT / name).exists()]


def defined_names(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield each name that the module defines or binds, and if it is a class."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name):
                yield name, True
            case ast.FunctionDef(name=name) | ast.arg(arg=name) | ast.alias(asname=str(name)):
                yield name, False
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, False


def comments_and_docstrings(path: Path) -> Iterator[str]:
    """Yield the module's docstrings, and its comments with a block as one text."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""
    block, last = "", 0
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                follows = token.start[0] == last + 1
                if block and not follows:
                    yield block
                block = f"{block} {token.string[1:]}" if follows else token.string[1:]
                last = token.start[0]
    yield block


def matches(text: str, expressions: dict[str, str]) -> list[str]:
    """Return what is wrong with the text, each with the words around it."""
    one_line = " ".join(text.split())
    return [
        f"{one_line[max(0, found.start() - 30) : found.end() + 30]!r} ({advice})"
        for advice, expression in expressions.items()
        for found in re.finditer(expression, one_line, re.IGNORECASE if advice in PROSE else 0)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Return what AWS said of the draft.", "It stands here.", "Drawn anew.", "It is no list.",
        "The rows, of which one is open.", "What a page has.", "Nothing where there is none.",
        "Good. Whether it is new.", "Then nobody can.", "The page goes on.", "All rooms.",
    ],
)  # fmt: skip
def test_it_recognizes_banned_sentences(text):
    assert matches(text, PROSE) or matches(text, SENTENCES)


def test_code_uses_standard_names():
    found = []
    for path in tracked("*.py"):
        if path.stem in MODULES:
            found.append(str(path.relative_to(ROOT)))
        if "migrations" in path.parts:
            continue
        for name, is_class in defined_names(ast.parse(path.read_text())):
            if name in (CLASSES if is_class else NAMES):
                found.append(f"{path.relative_to(ROOT)}: {name}")
    assert found == []


def test_each_class_has_a_name_of_its_own():
    names = Counter(
        node.name
        for path in tracked("distui/*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef) and node.name not in {"Command", "Migration"}
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_docstrings_and_comments_are_plain_english():
    found = [
        f"{path.relative_to(ROOT)}: {problem}"
        for path in tracked("*.py")
        for text in comments_and_docstrings(path)
        for problem in matches(text, PROSE | SENTENCES)
    ]
    assert found == []


def test_the_names_of_tests_are_short_and_plain():
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in tracked("tests/*.py")
        for name, _ in defined_names(ast.parse(path.read_text()))
        if name.startswith("test_") and (name.count("_") > 10 or is_odd(name))
    ]
    assert found == []


def is_odd(name: str) -> bool:
    """Return True if the name of a test isn't plain English."""
    words = name.removeprefix("test_").replace("_", " ")
    return bool(matches(words, PROSE) or matches(words.capitalize(), SENTENCES))


def test_pages_and_documents_are_plain_english():
    found = [
        f"{path.relative_to(ROOT)}: {problem}"
        for path in tracked("*.md", "templates/*", "static/*.js", "static/*.css", "Makefile")
        for problem in matches(path.read_text(), PROSE)
    ]
    assert found == []


def literals(path: Path) -> Iterator[str]:
    """Yield the texts with a space of a module, or of a JSON file."""
    if path.suffix == ".json":
        yield from re.findall(r'"[^"\n]* [^"\n]*"', path.read_text())
        return
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Constant(value=str(text)) if " " in text:
                yield text


def test_texts_in_code_are_plain_english():
    found = [
        f"{path.relative_to(ROOT)}: {problem}"
        for path in tracked("distui/*.py", "distui/*.json")
        if path.name != "schema.json"  # AWS's words
        for text in literals(path)
        for problem in matches(text, PROSE)
    ]
    assert found == []


def test_templates_have_standard_names():
    found = []
    for path in tracked("templates/*"):
        if path.stem.removeprefix("_") in {*MODULES, *TEMPLATES}:
            found.append(str(path.relative_to(ROOT)))
        for value in re.findall(r'class="([^"]*)"', path.read_text()):
            names = {*re.sub(r"{[{%].*?[%}]}", " ", value).split()}
            found += [f"{path.relative_to(ROOT)}: {name}" for name in names & {*CSS_CLASSES}]
    assert found == []


def test_css_classes_have_standard_names():
    banned = re.compile(rf"\.(?:{'|'.join(CSS_CLASSES)})(?![\w-])")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked("static/*.css")
        for match in banned.finditer(path.read_text())
    ]
    assert found == []
