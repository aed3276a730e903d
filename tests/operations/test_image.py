"""The image of the Containerfile can be built and run, read-only and not as root."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.operations.test_newcomer import ALONE
from tests.product import ROOT

BOTH = """
"$0" -m tests.operations.image build "$1"
tests/offline "$0" -m tests.operations.image use "$1"
"""


@pytest.mark.process
@pytest.mark.skipif("NEWCOMER" not in os.environ, reason="run by make torture")
@pytest.mark.timeout(600)
def test_its_containers_run(tmp_path):
    if os.geteuid() or subprocess.run([*ALONE, "true"], check=False).returncode:
        pytest.skip("Only root can change a copy of the machine.")
    command = [*ALONE, "sh", "-ec", BOTH, sys.executable, tmp_path]
    subprocess.run(command, cwd=ROOT, check=True)
