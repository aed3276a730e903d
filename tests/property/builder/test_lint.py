"""``manage.py lint`` finds no error in valid documents."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from hypothesis import given

from distui.core.document.printing import dumps
from tests.strategies import examples, valid_documents


def lint(*arguments: str) -> tuple[int, str, str]:
    """Return the command's exit status, standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("lint", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@given(valid_documents())
@examples(2.5)
def test_a_valid_document_has_no_errors(document: Any) -> None:
    with TemporaryDirectory() as directory:
        path = Path(directory) / "valid.json"
        path.write_text(dumps(document), encoding="utf-8")
        status, out, _ = lint("--format", "json", str(path))
    assert [f for f in json.loads(out)["findings"] if f["severity"] == "error"] == []
    assert (status, json.loads(out)["valid"]) == (0, True)
