"""Static files: third-party assets are the reviewed files, and all can be served."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

# SHA-256 of the style sheet in npm's bootstrap 5.3.8 and of htmx 2.0.10 in django-htmx 1.29.
BOOTSTRAP = "d85327d99c7a3ee1f9b5d0500d1370acea3ad2db39c163c2f51f232baedbdede"
HTMX = "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de"


@pytest.mark.parametrize(
    ("name", "digest"),
    [("bootstrap/bootstrap.min.css", BOOTSTRAP), ("django_htmx/htmx-2.min.js", HTMX)],
)
def test_the_asset_is_the_reviewed_file(name, digest):
    assert hashlib.sha256(Path(finders.find(name)).read_bytes()).hexdigest() == digest


@pytest.mark.django_db
def test_the_favicon_needs_no_sign_in():
    response = Client().get("/favicon.ico", follow=True)
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    response.close()


def test_the_static_files_can_be_hashed(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    storage = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}
    call_command("collectstatic", verbosity=0, interactive=False)
    copying = next((tmp_path / "css" / "pages").glob("copying.*.css"))
    assert 'url("../../world.' in copying.read_text()


@pytest.mark.parametrize(
    ("icon", "token"), [("error", "red"), ("warning", "amber"), ("info", "blue")]
)
def test_icons_have_the_colors_of_their_words(icon, token):
    tokens = Path(finders.find("css/site/tokens.css")).read_text()
    light, dark = re.search(rf"--ui-{token}: light-dark\((#\w+), (#\w+)\)", tokens).groups()
    svg = Path(finders.find(f"icons/{icon}.svg")).read_text()
    assert re.findall(r"fill:(#\w+)", svg) == [light, dark]
