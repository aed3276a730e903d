"""Each CSS class is defined and used, and no selector makes browsers style the whole page again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.staticfiles import finders
from pygments.token import STANDARD_TYPES

STYLE_SHEETS = sorted(settings.BASE_DIR.glob("static/**/*.css"))
TEMPLATES = sorted(settings.BASE_DIR.glob("templates/**/*.html"))
SCRIPTS = [*settings.BASE_DIR.glob("static/**/*.js"), *settings.BASE_DIR.glob("distui/**/*.py")]
ADMIN = Path(admin.__file__).parent
TAG_OR_VARIABLE = re.compile(r"{%.*?%}|{{.*?}}")
CLASS_ATTRIBUTE = re.compile(rf'class="((?:{TAG_OR_VARIABLE.pattern}|[^"])*)"')


# Chromium styles little again for these: what they look for is rarely added or removed.
MEASURED = ("#session", "#notices", ".formats")


def selectors_in(css: str) -> list[str]:
    """Return the selectors of a style sheet."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return [selector for selector in re.findall(r"([^{};]+){", css) if "@" not in selector]


def defined_in(css: str) -> set[str]:
    """Return the classes in the selectors of a style sheet."""
    selectors = selectors_in(css)
    return set(re.findall(r"\.([a-z][\w-]*)", " ".join(selectors), re.IGNORECASE))


def used_in(template: str) -> set[str]:
    """Return the classes in a template's class attributes; "*" replaces a variable in a name."""
    found = CLASS_ATTRIBUTE.findall(template)
    found += re.findall(r"class=\"([\w -]+)\"", template)  # arguments of tags
    found += re.findall(r"'class' '([\w -]+)'", template)  # crispy_field
    found += re.findall(r"{% block page_class %}([\w -]+)", template)
    names = re.sub(r"{{.*?}}", "*", re.sub(r"{%.*?%}", " ", " ".join(found)))
    return set(names.split()) - {"*"}


OURS = set().union(*(defined_in(path.read_text()) for path in STYLE_SHEETS))
USED = set().union(*(used_in(path.read_text()) for path in TEMPLATES))
BOOTSTRAP = defined_in(Path(finders.find("bootstrap/bootstrap.min.css")).read_text())
DJANGO_ADMIN = set().union(*(defined_in(path.read_text()) for path in ADMIN.rglob("*.css")))
CODE_LINES = [line for path in SCRIPTS for line in path.read_text().splitlines() if "class" in line]
WORDS = set(re.findall(r"[\w-]+", " ".join(CODE_LINES)))


def test_it_reads_classes():
    assert {"card", "findings", "map-dot-chosen", "tree-own"} <= OURS & USED
    assert used_in('<i class="a{% if b == "c" %} d{% endif %} e-{{ f }}">') == {"a", "d", "e-*"}
    css = "/* .a */ @media (x: 1.5) { .b:is(.c, d) > .e { f: url(.g) } }"
    assert defined_in(css) == {"b", "c", "e"}


def test_each_defined_class_is_used():
    elsewhere = WORDS | DJANGO_ADMIN | set(STANDARD_TYPES.values())
    patterns = [re.escape(name).replace(r"\*", r"[a-z]+") for name in USED]
    unused = {name for name in OURS - elsewhere if not any(re.fullmatch(p, name) for p in patterns)}
    assert unused == set()


def test_each_used_class_is_defined():
    known = OURS | BOOTSTRAP | DJANGO_ADMIN
    unknown = {name for name in USED if "*" not in name} - known
    assert unknown == set()


@pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_is_short(path):
    assert len(path.read_text().splitlines()) <= 300


def test_no_selector_styles_other_elements_by_has():
    """Each change in what ``.row:has(.link) a`` may match restyles all links of the page."""
    selectors = [s for path in STYLE_SHEETS for s in selectors_in(path.read_text()) if ":has(" in s]
    others = [
        s for s in selectors if re.search(r":has\([^{}]*\)\)*\s*[ >+~]\s*[.#:\w\[]", s.strip())
    ]
    assert [s for s in others if not any(name in s for name in MEASURED)] == []
