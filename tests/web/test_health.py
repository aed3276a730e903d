"""Health and readiness checks."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

UNREADY = """
import django; django.setup()
from django.test import Client
print(Client(headers={"host": "localhost"}).get("/readyz").status_code)
"""


def test_health_uses_neither_session_nor_database():
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "anything"
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


@pytest.mark.django_db
def test_it_is_ready_if_the_database_responds():
    assert Client().get("/readyz").status_code == 200


def test_it_is_not_ready_without_its_database(tmp_path):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "distui.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path}/missing/db.sqlite3",
    }
    run = subprocess.run(
        [sys.executable, "-c", UNREADY], env=env, capture_output=True, text=True, check=True
    )
    assert run.stdout == "503\n"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_any_host_may_ask(path):
    assert Client(headers={"host": "10.0.0.7"}).get(path).status_code == 200


def test_health_rejects_post():
    assert Client().post("/healthz").status_code == 405
