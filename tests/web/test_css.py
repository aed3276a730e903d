"""Each CSS class is defined and used, colors have contrast, and no selector is slow."""

from __future__ import annotations

import re
from itertools import product
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


def test_no_selector_is_for_every_sibling():
    """While a rule is for `+ *`, browsers style the whole page for each inserted element."""
    selectors = [s for path in STYLE_SHEETS for s in selectors_in(path.read_text())]
    assert [s for s in selectors if re.search(r"[+~]\s*(\*|:not)", s)] == []


def luminance(color: str) -> float:
    """Return the relative luminance of a color such as "#0a5cad", as WCAG defines it."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_color_has_contrast_on_every_surface(scheme):
    tokens = (settings.BASE_DIR / "static/css/site/tokens.css").read_text()
    found = re.findall(r"--ui-([\w-]+): light-dark\((#\w+), (#\w+)\)", tokens)
    colors = {name: pair[scheme] for name, *pair in found}
    surfaces = {"canvas", "surface", "sunken", "hover"} | {n for n in colors if n.endswith("-tint")}
    fills = {"accent-fill", "accent-fill-hover"}
    quiet = {name for name in colors if name.endswith("line")}  # only divide
    texts = colors.keys() - surfaces - fills - quiet - {"line-strong", "on-accent"}
    pairs = [*product(texts, surfaces), *(("on-accent", fill) for fill in fills)]
    poor = [pair for pair in pairs if contrast(*map(colors.get, pair)) < 4.5]
    outlines = product(("line-strong", "accent-fill"), surfaces)
    assert poor + [pair for pair in outlines if contrast(*map(colors.get, pair)) < 3] == []
    assert {"text", "muted", "red", "json-key"} <= texts


def test_each_table_that_scrolls_is_reached_by_keyboard():
    tags = [
        tag
        for path in TEMPLATES
        for tag in re.findall(r"<[^>]*\btable-wrap\b[^>]*>", path.read_text())
    ]
    named = re.compile(r'role="region" aria-label(ledby)?="[^"]+" tabindex="0"')
    assert tags
    assert [tag for tag in tags if not named.search(tag)] == []
