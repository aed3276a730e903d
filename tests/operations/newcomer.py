"""Follow docs/operating.md: two web servers and workers behind TLS, an upgrade, and a restore.

``tests/with-postgres python -m tests.operations.newcomer FOLDER`` ends with 0 if all of it works.
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import ssl
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

from tests import sandbox_process
from tests.product import CLEARED_PREFIXES, PASSWORD, ROOT, free_port

FOLDER = Path(sys.argv[1])
BIN = Path(sys.executable).parent
WEB, HTTPS, HTTP = [free_port(), free_port()], free_port(), free_port()
SITE = f"https://localhost:{HTTPS}"
TOKEN = "the token of Prometheus"
USER = "newcomer"


def environment() -> dict[str, str]:
    """Return what docs/operating.md puts into files, and PostgreSQL's address."""
    secrets = {"SECRET_KEY": "k" * 50, "DATABASE_URL": os.environ["DATABASE_URL"]}
    secrets["DISTUI_METRICS_TOKEN"] = TOKEN
    for name, value in secrets.items():
        (FOLDER / name).write_text(f"{value}\n")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(CLEARED_PREFIXES)}
    return (
        kept
        | {f"{name}_FILE": str(FOLDER / name) for name in secrets}
        | {
            "PYTHONPATH": str(ROOT),
            "DISTUI_VAR": str(FOLDER / "var"),
            "DISTUI_STATIC_ROOT": str(FOLDER / "static"),
            "DISTUI_ALLOWED_HOSTS": "localhost",
            "DISTUI_TRUSTED_ORIGINS": SITE,
            "DISTUI_HTTPS": "true",
            "DISTUI_LOG_FORMAT": "json",
            "DISTUI_WEB_PROCESSES": "1",
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
            "XDG_DATA_HOME": str(FOLDER / "caddy"),
            "SITE": SITE,
            "HTTP_PORT": HTTP,
            "UPSTREAMS": " ".join(f"127.0.0.1:{port}" for port in WEB),
        }
    )


ENV = environment()
running: dict[str, subprocess.Popen[bytes]] = {}


def manage(*arguments: str) -> str:
    """Run a command; return what it prints."""
    command = [BIN / "distui", "manage", *arguments]
    ran = subprocess.run(command, cwd=ROOT, env=ENV, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def start(name: str, *command: str, **variables: str) -> None:
    """Start a process."""
    running[name] = subprocess.Popen(
        [BIN / command[0], *command[1:]], cwd=ROOT, env=ENV | variables
    )


def start_web(number: int) -> None:
    """Start a web server and wait until a probe by address succeeds, without TLS and host name."""
    config = "python:distui.deployment.gunicorn_conf"
    start(f"web {number}", "gunicorn", "--config", config, PORT=WEB[number])
    wait_until(lambda: get(f"http://127.0.0.1:{WEB[number]}/readyz").startswith("ok"))


def start_workers() -> None:
    """Start both workers."""
    for number in (1, 2):
        start(f"worker {number}", "distui", "manage", "work")


def stop(name: str) -> None:
    """Stop a process and wait for its end."""
    running[name].terminate()
    running.pop(name).wait(60)


def wait_until(condition) -> None:
    """Wait until the condition is true."""
    deadline = time.monotonic() + 60
    problem: Exception | None = None
    while time.monotonic() < deadline:
        try:
            if condition():
                return
        except (OSError, AssertionError) as error:
            problem = error
        time.sleep(0.2)
    raise AssertionError(condition) from problem


def get(url: str, opener=None, data: dict[str, str] | None = None, **headers: str) -> str:
    """Return the text of a page, or of the page after a post."""
    body = urllib.parse.urlencode(data).encode() if data else None
    request = urllib.request.Request(url, body, {"Referer": SITE, **headers})
    with (opener.open if opener else urllib.request.urlopen)(request, timeout=20) as response:
        return response.read().decode()


def sign_in():
    """Return a client that is signed in, and trusts Caddy's authority."""
    root = FOLDER / "caddy" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    wait_until(root.exists)
    client = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=root)),
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
    )
    page = f"{SITE}/accounts/login/"
    wait_until(lambda: "<h1" in get(page, client))
    fields = {"username": USER, "password": PASSWORD, **hidden_fields(get(page, client))}
    assert "Sign out" in get(page, client, fields)
    return client


def hidden_fields(html: str) -> dict[str, str]:
    """Return the hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def submit(client, name: str) -> str:
    """Import a document, submit it on its page, and return the ARN once a worker has sent it."""
    region = {"region": "eu-west-1"}
    region["amiDistributionConfiguration"] = {"name": f"{name}-{{{{ imagebuilder:buildDate }}}}"}
    (FOLDER / "document.json").write_text(json.dumps({"name": name, "distributions": [region]}))
    draft = manage("import_draft", str(FOLDER / "document.json"), "--user", USER).split()[-1]
    page = f"{SITE}/drafts/{draft}/review/"
    html = get(page, client)
    target = re.search(r'name="target"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="target"', html)
    assert target, html
    html = get(page, client, hidden_fields(html) | {"target": target[1] or target[2]})
    number = re.findall(r"/history/(\d+)", html)[0]
    record = f"{SITE}/history/{number}.json"
    wait_until(lambda: json.loads(get(record, client))["state"] == "created")
    return str(json.loads(get(record, client))["arn"])


def requests_of(port: str) -> float:
    """Return how many pages a web server has served, by its metrics."""
    text = get(f"http://127.0.0.1:{port}/metrics", Authorization=f"Bearer {TOKEN}")
    return sum(map(float, re.findall(r"^distui_requests_total{.*} (.*)$", text, re.MULTILINE)))


def main() -> None:
    """Install, use, upgrade, back up and restore."""
    manage("collectstatic", "--noinput", "-v0")
    manage("migrate", "-v0")
    manage("createsuperuser", "--noinput", "--username", USER, "--email", "")
    manage("add_target", "sandbox", "--region", "eu-west-1", "--sandbox", "--everyone")
    start_web(0)
    start_web(1)
    start_workers()
    start("caddy", "caddy", "run", "--adapter", "caddyfile", "--config", "deploy/Caddyfile")
    client = sign_in()
    for _ in range(10):
        assert "Sign out" in get(f"{SITE}/", client)
    assert all(requests_of(port) > 0 for port in WEB)
    first = submit(client, "before-the-backup")
    for number in (0, 1):  # an upgrade, one web server after another
        stop(f"web {number}")
        assert "Sign out" in get(f"{SITE}/", client)
        start_web(number)
    manage("backup", str(FOLDER / "copy"))
    second = submit(client, "after-the-backup")
    for name in [name for name in running if name != "caddy"]:
        stop(name)
    wait_until(lambda: "Restored" in manage("restore", str(FOLDER / "copy")))
    assert f"Added to the history: {second}" in manage(
        "reconcile", "--adopt", second, "--user", USER
    )
    start_web(0)
    wait_until(lambda: "Sign out" in get(f"{SITE}/", client))
    history = get(f"{SITE}/history/export.jsonl", client)
    assert {json.loads(line)["arn"] for line in history.splitlines()} == {first, second}


if __name__ == "__main__":
    url, sandbox = sandbox_process.start(FOLDER / "sandbox.json")
    ENV["DISTUI_SANDBOX_URL"] = url
    try:
        main()
    finally:
        for running_name in [*running]:
            stop(running_name)
        sandbox_process.stop(sandbox)
