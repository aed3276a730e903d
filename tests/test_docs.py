"""The documentation names things that exist, and all that it should."""

from __future__ import annotations

import importlib
import re
import tomllib
from argparse import ArgumentParser

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve

from distui.submissions.models import SubmissionState
from tests.product import ROOT

PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
}
PROSE = {name: text for name, text in PAGES.items() if name != "docs/rules.md"}
README, ARCHITECTURE = PAGES["README.md"], PAGES["docs/architecture.md"]
DECISIONS, GLOSSARY = PAGES["docs/decisions.md"], PAGES["docs/glossary.md"]
PACKAGES = [path.parent.name for path in ROOT.glob("distui/*/__init__.py")]
COMMANDS = [path.stem for path in ROOT.glob("distui/*/management/commands/[a-z]*.py")]
SOURCE = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("distui/**/*.py"))
# Set by run.py for its child processes, or documented by Django.
INTERNAL = {
    *("DJANGO_SETTINGS_MODULE", "SANDBOX_STATE", "PROMETHEUS_MULTIPROC_DIR"),
    "DISTUI_TEST_RABBITMQ",
}
# Phrases that non-native readers stumble over, and words that aren't AWS's spelling.
UNCLEAR = re.compile(
    r"\b(?:anew|aside|goes on|let go|licences?|nobody|somebody|of whom|stands?|told"
    r"|whatever|whoever)\b",
    re.IGNORECASE,
)
CREATED = (".venv", "var/", "distui.toml")  # by make or by users
EACH_PAGE = pytest.mark.parametrize("name", PROSE)
FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PATH = re.compile(r"(?:\.?[\w*-][\w.*-]*/)+(?:\.?[\w*-][\w.*-]*)?|[\w*-]+\.(?:py|md|css|toml|txt)")


def code_in(text):
    """Return the page's code: its blocks, and its spans outside of them."""
    return [*FENCED.findall(text), *re.findall(r"`([^`\n]+)`", FENCED.sub("", text))]


def variables():
    """Return the environment variables that the application reads."""
    names = re.findall(r"""(?:\benv|env_\w+|environ\.get)\(\s*"([A-Z_]+)\"""", SOURCE)
    return sorted({name for name in names if not name.startswith("AWS_")} - INTERNAL)


def secrets():
    """Return the variables that a file can replace."""
    return re.findall(r"""env_secret\("([A-Z_]+)"\)""", SOURCE)


def section(text, heading):
    """Return the text below a heading of the second level."""
    return text.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def table(text):
    """Return the rows of the first table, without its head, as lists of cells."""
    rows = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def states_in(cell):
    return set(cell.split(", ")) - {"–"}


@pytest.mark.parametrize("name", variables())
def test_the_readme_names_every_variable(name):
    assert f"\n| `{name}` |" in README


@pytest.mark.parametrize("name", secrets())
def test_the_readme_names_the_file_of_every_secret(name):
    assert f"`{name}_FILE`" in section(README, "Settings")


def test_it_finds_the_variables():
    expected = {"PORT", "DATABASE_URL", "SECRET_KEY", "DISTUI_RULES", "SANDBOX_PORT"}
    assert expected <= set(variables())


def test_the_readme_names_no_other_variable():
    named = {row[0].strip("`") for row in table(section(README, "Settings"))}
    assert named - {"AWS_…"} == set(variables())


@EACH_PAGE
def test_it_names_variables_that_exist(name):
    named = re.findall(r"\b(?:DISTUI|SANDBOX)_[A-Z_]+\b", PROSE[name])
    files = {f"{name}_FILE" for name in secrets()}
    assert set(named) - INTERNAL - files <= set(variables())


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command):
    assert f"manage.py {command}" in README


@EACH_PAGE
def test_it_names_commands_and_options_that_exist(name):
    lines = "\n".join(code_in(PROSE[name])).replace("\\\n", " ").splitlines()
    for command, rest in (
        found
        for line in lines
        for found in re.findall(r"(?:manage\.py|distui manage) ([a-z]\w*)(.*)", line)
    ):
        assert command in get_commands()
        if command in COMMANDS:
            options = set(re.findall(r"(?<!\S)\[?(--[a-z-]+)", rest.split("#")[0]))
            assert options <= set(parser_of(command)._option_string_actions), command


def parser_of(command) -> ArgumentParser:
    return load_command_class(get_commands()[command], command).create_parser("manage.py", command)


def make_targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())


@EACH_PAGE
def test_it_names_make_targets_that_exist(name):
    lines = "\n".join(code_in(PROSE[name])).splitlines()
    found = [re.match(r".*?\bmake ((?:[a-z]+ )*[a-z]+)(?= |$)", line) for line in lines]
    named = {name for match in found if match for name in match[1].split()}
    assert named <= make_targets()


def test_the_readme_names_every_make_target():
    assert make_targets() <= set(re.findall(r"make ([a-z]+)", README))


@EACH_PAGE
def test_it_names_paths_that_exist(name):
    spans = re.findall(r"`([^`\n]+)`", FENCED.sub("", PROSE[name]))
    paths = [span for span in spans if PATH.fullmatch(span) and not span.startswith(CREATED)]
    bases = (ROOT, ROOT / "distui")
    assert [path for path in paths if not any(any(base.glob(path)) for base in bases)] == []


@pytest.mark.parametrize(
    "name", ["CONTRIBUTING.md", "docs/architecture.md", "docs/threat-model.md"]
)
def test_it_names_identifiers_that_exist(name):
    files = [path for folder in ("distui", "tests") for path in ROOT.glob(f"{folder}/**/*.py")]
    known = set(re.findall(r"\w+", "".join(path.read_text(encoding="utf-8") for path in files)))
    spans = re.findall(r"`([^`\n]+)`", FENCED.sub("", PROSE[name]))
    named = {span for span in spans if re.fullmatch(r"[A-Za-z]*(?:_|[a-z][A-Z])\w*", span)}
    assert named - known == set()


def test_it_finds_the_paths():
    assert PATH.fullmatch("builder/forms/rows.py")
    assert PATH.fullmatch(".ci/run")
    assert len([code for code in code_in(ARCHITECTURE) if PATH.fullmatch(code)]) > 30


@EACH_PAGE
def test_its_links_lead_somewhere(name):
    for target, anchor in re.findall(
        r"\]\(([^)#:\s]*)(?:#([\w-]+))?\)", FENCED.sub("", PROSE[name])
    ):
        path = ((ROOT / name).parent / target) if target else ROOT / name
        assert path.exists(), target
        assert not anchor or anchor in anchors(path.read_text(encoding="utf-8")), anchor


def anchors(text):
    """Return the anchors that a page's headings get."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@EACH_PAGE
def test_its_words_are_plain(name):
    assert UNCLEAR.findall(PROSE[name]) == []


def test_the_readme_names_urls_that_exist():
    urls = [code for code in code_in(README) if re.fullmatch(r"/[a-z/.<>]+", code)]
    assert len(urls) >= 5
    for url in urls:
        try:
            resolve(url.replace("<id>", "1"))
        except Resolver404:
            pytest.fail(f"{url} is not a URL of the site")


@pytest.mark.parametrize("package", PACKAGES)
def test_the_architecture_names_every_package(package):
    assert f"| `{package}/` |" in ARCHITECTURE


def test_the_drawing_has_every_state():
    drawing = FENCED.search(section(ARCHITECTURE, "The states of a submission"))[1]
    lines = "\n".join(drawing.splitlines()[1:])
    states = re.findall(r"^ (\w+)", lines, re.MULTILINE) + re.findall(
        r"→ (\w+)$", lines, re.MULTILINE
    )
    assert set(states) == set(SubmissionState)


def test_the_transitions_lead_to_every_state():
    rows = table(section(ARCHITECTURE, "The states of a submission"))
    assert set().union(*(states_in(after) for _, after, *_ in rows)) == set(SubmissionState)
    assert set().union(*(states_in(before) for before, *_ in rows)) <= set(SubmissionState)


def test_the_transitions_name_functions_that_exist():
    for *_, code in table(section(ARCHITECTURE, "The states of a submission")):
        module, name = re.fullmatch(r"`(\w+)\.(\w+)`", code).groups()
        assert callable(
            getattr(importlib.import_module(f"distui.submissions.ledger.{module}"), name)
        )


def test_decisions_are_numbered():
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. \S", DECISIONS, re.MULTILINE)]
    assert numbers == [*range(1, len(numbers) + 1)]
    assert len(re.findall("^## ", DECISIONS, re.MULTILINE)) == len(numbers)


def test_superseded_decisions_name_a_later_one():
    numbered = re.split(r"^## (\d+)\. .*$", DECISIONS, flags=re.MULTILINE)
    for number, text in zip(numbered[1::2], numbered[2::2], strict=True):
        for later in re.findall(r"[Ss]uperseded by (\d+)", text):
            assert int(number) < int(later)
            assert f"\n## {later}. " in DECISIONS


def test_the_glossary_is_sorted():
    terms = [row[0].strip("*").lower() for row in table(GLOSSARY)]
    assert len(terms) > 20
    assert terms == sorted(set(terms))


def test_the_license_is_the_one_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (project["license"], project["license-files"]) == ("Apache-2.0", ["LICENSE"])
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License\n                           Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
