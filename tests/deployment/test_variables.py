"""Secrets come from a variable or from a file that another variable names."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from distui.deployment.variables import env_number, env_secret, env_tag_key


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    for name in ("SECRET_KEY", "SECRET_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_a_secret_is_the_text_of_its_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    assert env_secret("SECRET_KEY") == "from a file"


def test_without_a_file_a_secret_is_the_variable(monkeypatch):
    assert env_secret("SECRET_KEY") == ""
    monkeypatch.setenv("SECRET_KEY", "from the variable")
    monkeypatch.setenv("SECRET_KEY_FILE", "")
    assert env_secret("SECRET_KEY") == "from the variable"


def test_both_are_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "one")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path))
    with pytest.raises(ImproperlyConfigured) as error:
        env_secret("SECRET_KEY")
    assert str(error.value) == (
        "SECRET_KEY and SECRET_KEY_FILE are both set. Set only one of them."
    )


def test_a_file_without_a_secret_is_refused(monkeypatch, tmp_path):
    for path, problem in (
        (tmp_path / "missing", "does not exist"),
        (tmp_path / "empty", "is empty"),
        (tmp_path, "can't be read: Is a directory"),
    ):
        monkeypatch.setenv("SECRET_KEY_FILE", str(path))
        (tmp_path / "empty").write_text("\n")
        with pytest.raises(ImproperlyConfigured, match=problem):
            env_secret("SECRET_KEY")


@pytest.mark.parametrize("value", ["0", "65", "four", "-1", "1.5", "٣"])
def test_a_number_outside_its_limits_is_refused(monkeypatch, value):
    monkeypatch.setenv("DISTUI_WEB_THREADS", value)
    with pytest.raises(ImproperlyConfigured, match="a number from 1 to 64"):
        env_number("DISTUI_WEB_THREADS", 4, 64)


@pytest.mark.parametrize("value", ["aws:x", "AWS:x", "a?", "a b", "ä", "k" * 129])
def test_an_invalid_tag_key_is_refused(monkeypatch, value):
    monkeypatch.setenv("DISTUI_OWNERSHIP_TAG", value)
    with pytest.raises(ImproperlyConfigured, match="DISTUI_OWNERSHIP_TAG must be a tag key"):
        env_tag_key("DISTUI_OWNERSHIP_TAG")
