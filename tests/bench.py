"""``make bench``: what opening and saving cost with 1, 10 and 34 Regions, every section filled.

Beside them, in the same run, stands the same document as one page of nested crispy formsets: the
ratios mean something on any machine, the milliseconds only on this one. *Cold* is a process that
has not seen the document; *warm* one that has, as after the first page.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

REGIONS = (1, 10, 34)
ROUNDS = 15


def main() -> int:
    """Print the table; 1 where a bound that was promised is not kept."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["DISTUI_VAR"] = place
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(place) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "distui.settings"
        import django

        django.setup()
        figures = {count: measured(count) for count in REGIONS}
    print_table(figures)
    return print_bounds(figures)


def measured(count: int) -> dict[str, float]:
    """Milliseconds of each step with that many Regions."""
    draft, client = prepared(count)
    url = f"/drafts/{draft.pk}/"
    number = iter(range(10_000))

    def opened() -> None:
        answer = client.get(url, {"open": 0})
        assert answer.status_code == 200

    def saved() -> None:
        data["distributions-0-amiDistributionConfiguration-description"] = f"Round {next(number)}"
        answer = client.post(url, data, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        data["revision"] = str(int(data["revision"]) + 1)

    data = posted(client, url)
    return {
        "open cold": timed(opened, before=forget, rounds=5),
        "open": timed(opened),
        "save cold": timed(saved, before=forget, rounds=5),
        "save": timed(saved),
        "whole": timed(lambda: whole_page(draft), rounds=5),
    }


def prepared(count: int):
    """A draft with that many Regions and its owner's client."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    from distui.builder.models import Draft

    call_command("migrate", verbosity=0)
    owner, _ = User.objects.get_or_create(username="alice")
    client = Client(SERVER_NAME="localhost")
    client.force_login(owner)
    return Draft.objects.create(owner=owner, text=json.dumps(document(count))), client


def posted(client, url: str) -> dict[str, str]:
    """What the editor's form would post, as an autosave."""
    from tests.html_forms import rendered_post

    page = client.get(url, {"open": 0}).content.decode()
    return rendered_post(page, "workspace").dict() | {"op": "autosave"}


def whole_page(draft) -> str:
    """The whole document as nested crispy formsets, every Region's form on the page."""
    from django.template.loader import render_to_string

    from distui.builder.forms import RequestForm

    form = RequestForm(state=draft.state, findings=draft.findings())
    return render_to_string("builder/_shape.html", {"parts": form.parts, "where": ""})


def forget() -> None:
    """Empty what the process remembers of documents it has seen."""
    from distui.builder.preview import coloured
    from distui.core import check

    coloured.cache_clear()
    sys.modules[check.__module__]._remembered.cache_clear()


def timed(step: Callable[[], object], *, before=lambda: None, rounds: int = ROUNDS) -> float:
    """The median of several rounds, in milliseconds, after one that is not counted."""
    step()
    times = []
    for _ in range(rounds):
        before()
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def document(count: int) -> dict:
    """A document of that many Regions, each with every section filled."""
    from distui.core import regions

    codes = list(regions.partitions()["aws"])[:count]
    return {
        "name": "golden-images",
        "description": "Golden images for every Region",
        "tags": {f"Tag{number}": "value" for number in range(5)},
        "distributions": [distribution(code) for code in codes],
    }


def distribution(region: str) -> dict:
    """One Region: two of each list of structures, five account ids, five tags."""
    template = "lt-0a1b2c3d4e5f6789"
    accounts = [f"{number:012d}" for number in range(7, 12)]
    organization = "arn:aws:organizations::000000000007:organization/o-abcde12345"
    return {
        "region": region,
        "amiDistributionConfiguration": {
            "name": "golden-{{ imagebuilder:buildDate }}",
            "description": "Golden image",
            "targetAccountIds": accounts,
            "amiTags": {f"Tag{number}": "value" for number in range(5)},
            "kmsKeyId": f"arn:aws:kms:{region}:000000000007:alias/golden",
            "launchPermission": {"userIds": accounts, "organizationArns": [organization]},
        },
        "containerDistributionConfiguration": {
            "containerTags": ["1.0", "stable"],
            "targetRepository": {"service": "ECR", "repositoryName": "team/api"},
        },
        "licenseConfigurationArns": [
            f"arn:aws:license-manager:{region}:000000000007:license-configuration:lic-{'a' * 32}"
        ],
        "launchTemplateConfigurations": [
            {"launchTemplateId": f"{template}{n}", "accountId": accounts[n]} for n in range(2)
        ],
        "s3ExportConfiguration": {
            "roleName": "vmimport",
            "diskImageFormat": "VMDK",
            "s3Bucket": "exports",
            "s3Prefix": "golden",
        },
        "fastLaunchConfigurations": [
            {
                "enabled": True,
                "accountId": accounts[n],
                "maxParallelLaunches": 6,
                "snapshotConfiguration": {"targetResourceCount": 5},
                "launchTemplate": {"launchTemplateName": "win", "launchTemplateVersion": "1"},
            }
            for n in range(2)
        ],
        "ssmParameterConfigurations": [
            {
                "parameterName": f"/imagebuilder/golden-{n}",
                "amiAccountId": accounts[n],
                "dataType": "aws:ec2:image",
            }
            for n in range(2)
        ],
    }


def print_table(figures: dict[int, dict[str, float]]) -> None:
    """Milliseconds, and how many times the whole page costs more."""
    steps = ["open cold", "open", "save cold", "save", "whole"]
    say("Regions  " + "".join(f"{step:>20}" for step in steps) + "   (ms, median; × = whole/step)")
    for count, row in figures.items():
        cells = [f"{row[step]:9.1f} ({row['whole'] / row[step]:5.1f}×)" for step in steps]
        say(f"{count:>7}  " + "".join(f"{cell:>20}" for cell in cells))


def print_bounds(figures: dict[int, dict[str, float]]) -> int:
    """The promised bounds, each kept or not."""
    most, ten = figures[34], figures[10]
    broken = 0
    for step in ("open", "save"):
        for text, value, bound in (
            (f"{step} at 34 Regions / whole page", most[step] / most["whole"], 0.1),
            (f"{step} at 34 Regions / at 10", most[step] / ten[step], 1.5),
        ):
            broken += value > bound
            say(f"{text}: {value:.2f} (at most {bound}) {'kept' if value <= bound else 'BROKEN'}")
    return int(broken > 0)


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
