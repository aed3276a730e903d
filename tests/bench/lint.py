"""Measure ``distui lint`` and ``convert`` as processes, with cfn-lint on the same documents."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from distui.core.formats.registry import write
from distui.core.reference import regions
from tests.bench import documents, large_documents
from tests.bench.figures import print_limits, print_line
from tests.machine_speed import slowness

COUNT, JUDGED = 1000, 30  # documents of three Regions; cfn-lint reads the first ones
PER_SECOND, SECONDS = 300, 0.5
ROUNDS = 5


def report() -> int:
    """Print the figures; return how many limits are exceeded."""
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        rate = COUNT / seconds("distui", "lint", *requests(folder))
        slower = slowness()
        print_line(f"distui lint: {rate:.0f} documents of 3 full Regions a second")
        print_line(f"The machine copies a document in {slower:.2f} × its usual time.")
        judged = JUDGED / seconds("cfn-lint", *templates(folder))
        print_line(
            f"cfn-lint: {judged:.1f} of them a second, as CloudFormation; {rate / judged:.0f}×"
        )
        small = saved(folder / "small.json", documents.document(1))
        full = saved(folder / "full.json", documents.document(34))
        many = saved(folder / "many.json", many_accounts())
        times = {
            "lint, start": median("lint", small),
            "lint, 34 Regions with 1,536 accounts": median("lint", many),
            "convert, 34 full Regions": median("convert", "--to", "cloudformation-json", full),
        }
    limits = [(f"{name}, s", value, SECONDS) for name, value in times.items()]
    rate_limit = ("ms for a document", 1000 / rate, slower * 1000 / PER_SECOND)
    return print_limits([rate_limit, *limits])


def median(*arguments: str) -> float:
    """Return the median duration of a command of distui."""
    return sorted(seconds("distui", *arguments) for _ in range(ROUNDS))[ROUNDS // 2]


def seconds(program: str, *arguments: str) -> float:
    """Return a command's processor time, which depends less on other processes."""
    path = Path(sys.executable).parent / program
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(
        [path, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    if ran.returncode not in (0, 1):
        raise RuntimeError(f"{program} ended with {ran.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def document(number: int) -> dict[str, Any]:
    """Return a document of three Regions that no other one has like this."""
    found = documents.document(34) | {"name": f"golden-{number}"}
    chosen = [found["distributions"][(number + step) % 34] for step in (0, 7, 14)]
    for region in chosen:
        region["amiDistributionConfiguration"]["description"] = f"Golden image {number}"
    return found | {"distributions": chosen}


def requests(folder: Path) -> list[str]:
    """Write the documents as requests; return their paths."""
    return [saved(folder / f"{number}.json", document(number)) for number in range(COUNT)]


def templates(folder: Path) -> list[str]:
    """Write the first documents as CloudFormation; return their paths."""
    paths = [folder / f"{number}.yaml" for number in range(JUDGED)]
    for number, path in enumerate(paths):
        path.write_text(write("cloudformation", document(number)).text)
    return [*map(str, paths)]


def saved(path: Path, request: dict[str, Any]) -> str:
    """Write a request; return its path."""
    path.write_text(json.dumps(request, indent=2))
    return str(path)


def many_accounts() -> dict[str, Any]:
    """Return a document of all Regions that copies to as many accounts as possible."""
    accounts = {"targetAccountIds": large_documents.accounts(1536)}
    codes = [*regions.partitions()["aws"]]
    return large_documents.document(
        *(large_documents.region(code, ami=accounts) for code in codes[:34])
    )
