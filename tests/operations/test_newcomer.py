"""docs/operating.md from an empty machine to a site, and with NEWCOMER=whole to a restored one."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest

from tests.operations.newcomer import block
from tests.product import CLEARED_PREFIXES, ROOT

ALONE = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
FOLDER = ROOT / "tests" / "operations"
PROGRAM = FOLDER / "empty_machine"


def test_the_guide_has_each_block_once():
    """Otherwise only make torture would find that a block is gone, or that there is another."""
    tree = ast.walk(ast.parse((FOLDER / "newcomer.py").read_text()))
    calls = [node for node in tree if isinstance(node, ast.Call)]
    calls = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "block"]
    assert len(calls) > 5
    for call in calls:
        assert block(*map(ast.literal_eval, call.args))


@pytest.mark.process
@pytest.mark.skipif("NEWCOMER" not in os.environ, reason="run by make torture")
@pytest.mark.timeout(600)
def test_its_commands_work_on_an_empty_machine(tmp_path):
    if os.geteuid() or subprocess.run([*ALONE, "true"], check=False).returncode:
        pytest.skip("Only root can change a copy of the machine.")
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(CLEARED_PREFIXES)
    }
    subprocess.run([*ALONE, PROGRAM, tmp_path, sys.executable], cwd=ROOT, env=own, check=True)
