"""The joined style sheets, and how many files a page loads."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from distui.deployment.style_sheets import StyleSheetFinder
from tests.factories import make_draft

FOLDERS = sorted(path.parent for path in settings.BASE_DIR.glob("static/css/*/index.css"))
FILES = re.compile(r'<(?:link rel="stylesheet" href|script src)="(/static/[^"]+)"')


def joined(folder: Path) -> str:
    return Path(finders.find(f"css/{folder.name}.css")).read_text()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_style_sheet_has_all_parts_of_its_folder(folder):
    parts = [path for path in folder.glob("*.css") if path.name != "index.css"]
    texts = {path.name: path.read_text().replace('"../../', '"../') for path in parts}
    assert len(parts) > 3
    assert [name for name, text in texts.items() if text not in joined(folder)] == []
    assert "@import" not in joined(folder)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_urls_of_a_style_sheet_lead_to_files(folder):
    urls = re.findall(r'url\("([^"]+)"\)', joined(folder))
    files = [posixpath.normpath(f"css/{url}") for url in urls if not url.startswith("data:")]
    assert files
    assert [file for file in files if not finders.find(file)] == []


def test_a_changed_part_is_joined_again(tmp_path, settings):
    settings.BASE_DIR, settings.VAR_DIR = tmp_path, tmp_path / "var"
    folder = tmp_path / "static/css/site"
    folder.mkdir(parents=True)
    (folder / "index.css").write_text('@import "one.css";\n@import "../two.css";\n')
    (folder / "one.css").write_text('a { b: url("../../c.svg"); }')
    (folder.parent / "two.css").write_text('d { e: url("../f.svg"); }')
    file = Path(StyleSheetFinder().find("css/site.css"))
    assert file.read_text() == 'a { b: url("../c.svg"); }\nd { e: url("../f.svg"); }\n'
    written = file.stat()
    assert StyleSheetFinder().find("css/site.css", find_all=True) == [str(file)]
    assert file.stat().st_mtime_ns == written.st_mtime_ns
    (folder / "one.css").write_text("g {}\n")
    assert Path(StyleSheetFinder().find("css/site.css")).read_text().startswith("g {}")
    assert [path.name for path in file.parent.iterdir()] == ["site.css"]


def test_a_page_loads_few_files(alice_client, alice):
    for url in ("/", "/history/", reverse("builder:edit-draft", args=[make_draft(alice).pk])):
        files = FILES.findall(alice_client.get(url).content.decode())
        assert "/static/css/site.css" in files
        assert len(files) <= 9
