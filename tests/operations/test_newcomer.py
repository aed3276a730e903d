"""docs/operating.md from an empty machine to a site, and with NEWCOMER=whole to a restored one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.product import CLEARED_PREFIXES, ROOT

ALONE = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
PROGRAM = ROOT / "tests" / "operations" / "empty_machine"


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
