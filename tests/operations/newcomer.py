"""Follow docs/operating.md: its commands install, upgrade, back up and restore a site.

``empty_machine`` runs it: first ``install``, which needs the network, then ``use``. With
``NEWCOMER=whole`` it upgrades and restores, too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import requests

from tests import sandbox_process
from tests.openid_provider import CLIENT_SECRET, start_provider
from tests.product import ROOT

CHECKOUT = Path("/root/distui")
SOURCES = ["distui", "templates", "static", "deploy", "setup.py", "pyproject.toml"]
SOURCES += ["constraints.txt", "README.md", "LICENSE"]
OLD, NEW = "0.1.0", "0.2.0"
SITE, WEB = "https://distui.example.com", ["http://127.0.0.1:8000", "http://127.0.0.1:8001"]
ETC, DUMP = Path("/etc/distui"), "/var/backups/distui/2026-11-29/distui.dump"
AUTHORITY = Path("/root/.local/share/caddy/pki/authorities/local/root.crt")
SECRETS = {
    "oidc_client_secret": CLIENT_SECRET,
    "metrics_token": "the token of Prometheus",
    "aws_key": "the key of the role of distui",
}
# The upgrade and the restore take as long as the rest again.
IS_WHOLE = os.environ.get("NEWCOMER") == "whole"
ALICE = {"groups": ["distui", "distui-admins", "platform"]}


def block(heading: str, word: str, page: str = "docs/operating.md") -> str:
    """Return the code block of a section that has the word."""
    text = (ROOT / page).read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    (found,) = (code for code in re.findall(r"^```\n(.*?)^```$", text, re.M | re.S) if word in code)
    return found


def follow(code: str, *changes: tuple[str, str]) -> str:
    """Run the commands as root in the checkout, with changes; return what they print."""
    for old, new in changes:
        assert old in code
        code = code.replace(old, new)
    command = ["sh", "-ec", code]
    return subprocess.run(
        command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=True
    ).stdout


def programs(version: str) -> list[str]:
    """Return the commands that install a version; the last one links it."""
    return block("Install", "python3 -m venv").replace("0.1.0", version).splitlines()


def install() -> None:
    """Install a version without linking it, and a copy of it as the next one."""
    CHECKOUT.mkdir()
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, CHECKOUT / name)
    pip = "/opt/distui-$VERSION/bin/pip install"
    uv = f"{Path(sys.executable).parent}/uv pip install -q --python /opt/distui-$VERSION/bin/python"
    code = "\n".join(programs(OLD)[:-1])
    try:
        follow(code, (pip, uv))  # faster, but it doesn't find every index that pip is set up for
    except subprocess.CalledProcessError:
        follow(code)
    if IS_WHOLE:
        follow(f"cp -a /opt/distui-{OLD} /opt/distui-{NEW}")
        follow(f"sed -i s/distui-{OLD}/distui-{NEW}/ /opt/distui-{NEW}/bin/*")


def link(version: str) -> None:
    """Let /opt/distui be a version."""
    first, *_, last = programs(version)
    follow(f"{first}\n{last}")


def share_postgresql() -> None:
    """Let the temporary server be the machine's own: all users connect by its socket."""
    folder = unquote(urlsplit(os.environ.pop("DATABASE_URL")).netloc.partition("@")[2])
    del os.environ["SECRET_KEY"]
    Path(folder).chmod(0o755)
    Path("/run/postgresql").mkdir()
    subprocess.run(["mount", "--bind", folder, "/run/postgresql"], check=True)


def configure(provider: str, sandbox: str) -> None:
    """Add the settings of docs/sign-in.md and of monitoring, and an AWS that answers here."""
    for name, secret in SECRETS.items():
        path = ETC / name
        path.write_text(secret)
        shutil.chown(path, group="distui")
        path.chmod(0o640)
    oidc = block("OpenID Connect", "DISTUI_OIDC_ISSUER", "docs/sign-in.md")
    values = {
        "DISTUI_METRICS_TOKEN_FILE": f"{ETC}/metrics_token",
        "DISTUI_OWNERSHIP_TAG": "distui",
        "AWS_ENDPOINT_URL": sandbox,
        "DISTUI_ALLOWED_ENDPOINTS": sandbox,
        "AWS_ACCESS_KEY_ID": "AKIADISTUI",
        "AWS_SECRET_ACCESS_KEY": f'"{SECRETS["aws_key"]}"',
    }
    with (ETC / "environment").open("a") as file:
        file.write(oidc.replace("https://login.example.com/realms/example", provider))
        file.writelines(f"{name}={value}\n" for name, value in values.items())


def wait_until(condition):
    """Return what the condition returns, as soon as it is true."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if result := condition():
            return result
        time.sleep(0.1)
    raise AssertionError(condition)


def start_caddy() -> requests.Session:
    """Start TLS; return a browser that trusts its authority."""
    (command,) = block("Install", "caddy run").splitlines()
    subprocess.Popen(
        ["sh", "-c", f"CERT_ISSUER=internal {command} 2>/var/log/caddy.log"], cwd=CHECKOUT
    )
    wait_until(AUTHORITY.exists)
    browser = requests.Session()
    browser.trust_env = False  # a variable could name other authorities
    browser.verify, browser.headers["Referer"] = str(AUTHORITY), SITE
    wait_until(lambda: is_served(browser))
    return browser


def is_served(browser: requests.Session) -> bool:
    """Return True if the site answers with TLS."""
    try:
        return browser.get(f"{SITE}/healthz").ok
    except requests.ConnectionError:
        return False


def sign_in(browser: requests.Session, provider) -> None:
    """Sign in as alice with the provider, from the link on the sign-in page."""
    page = browser.get(f"{SITE}/").text
    (path,) = re.findall(r'href="(/accounts/oidc/[^"]*)"', page)
    start = browser.get(SITE + path, allow_redirects=False)
    assert "Sign out" in browser.get(provider.authorize(start.headers["Location"])).text
    assert browser.get(f"{SITE}/admin/").url == f"{SITE}/admin/"


def submit(browser: requests.Session, name: str) -> str:
    """Submit a document on its page; return the ARN once a worker has sent it."""
    ami = {"name": f"{name} {{{{ imagebuilder:buildDate }}}}"}
    region = {"region": "eu-west-1", "amiDistributionConfiguration": ami}
    path = Path("/run/document.json")
    path.write_text(json.dumps({"name": name, "distributions": [region]}))
    draft = follow(f"distui manage import_draft {path} --user alice").split()[-1]
    review = f"{SITE}/drafts/{draft}/review/"
    page = browser.get(review).text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    (target,) = {tag for tag in re.findall(r"<input[^>]*>", page) if 'name="target"' in tag}
    fields["target"] = re.search(r'value="(\d+)"', target)[1]
    record = browser.post(review, fields).url.rstrip("/") + ".json"
    return str(wait_until(lambda: browser.get(record).json()["arn"]))


def check_probes() -> None:
    """Ask both web servers as a load balancer does, by address, without TLS and host name."""
    for url in WEB:
        for path in ("/healthz", "/readyz"):
            wait_until(lambda url=url + path: probe(url) == (200, "ok\n"))


def probe(url: str) -> tuple[int, str]:
    """Return status and text of a probe; "ok" alone means that a worker runs, too."""
    answer = requests.get(url, headers={"Host": "10.0.0.5"}, allow_redirects=False)
    return answer.status_code, answer.text


def check_metrics(browser: requests.Session) -> None:
    """Check that all processes of a web server count together, and that the proxy hides them."""
    headers = {"Authorization": f"Bearer {SECRETS['metrics_token']}"}
    for url in WEB:
        texts = [requests.get(f"{url}/metrics", headers=headers).text for _ in range(4)]
        counts = [re.findall(r"^distui_requests_total{.*", text, re.MULTILINE) for text in texts]
        assert counts[0], texts[0]
        assert counts == counts[:1] * 4
        assert "distui_workers 2.0" in texts[0]
    assert browser.get(f"{SITE}/metrics", headers=headers).status_code == 404


def check_static_files(browser: requests.Session) -> None:
    """Check that files are hashed, compressed and kept by browsers."""
    (path,) = re.findall(r"/static/css/site\.[0-9a-f]{12}\.css", browser.get(SITE).text)
    answer = browser.get(SITE + path, headers={"Accept-Encoding": "br"}, stream=True)
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"


def check_log() -> None:
    """Check that each line of the web servers is an object, and says who asked for what."""
    text = "".join(path.read_text() for path in Path("/var/log").glob("distui-web@*.log"))
    lines = [json.loads(line) for line in text.splitlines()]
    assert {"person", "request", "status"} <= set().union(*lines)
    assert not [secret for secret in SECRETS.values() if secret in text]


def check_backup() -> None:
    """Check that the copy has the history, and no secret of the environment."""
    text = follow(f"pg_restore -f - {DUMP}")
    key = (ETC / "secret_key").read_text().strip()
    assert "before-the-backup" in text
    assert not [secret for secret in (key, *SECRETS.values()) if secret in text]


def upgrade(browser: requests.Session) -> None:
    """Change to the next version, while the site is used."""
    ended, answers = threading.Event(), []

    def browse() -> None:
        while not ended.is_set():
            answers.append(browser.get(f"{SITE}/history/").status_code)

    user = threading.Thread(target=browse)
    user.start()
    try:
        link(NEW)
        follow(block("Upgrade", "systemctl restart"))
    finally:
        ended.set()
        user.join()
    assert {*answers} == {200}, answers
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert f"/opt/distui-{OLD}" not in running.stdout


def use() -> None:
    """Do what the page says after the installation."""
    share_postgresql()
    link(OLD)
    follow(block("Install", "useradd"))
    provider, _process = start_provider("/run/provider.sqlite3")
    provider.control(users={"alice": ALICE}, redirect_uri=f"{SITE}/accounts/oidc/callback/")
    sandbox, _process = sandbox_process.start(Path("/run/sandbox.json"))
    configure(provider.issuer, sandbox)
    follow(block("Install", "systemctl enable"))
    check_probes()
    browser = start_caddy()
    sign_in(browser, provider)
    follow(block("Install", "add_target"))
    first = submit(browser, "before-the-backup")
    check_static_files(browser)
    check_metrics(browser)
    if IS_WHOLE:
        follow(block("Back up and restore", "while everything"))
        check_backup()
        upgrade(browser)
        second = submit(browser, "after-the-backup")
        follow(block("Back up and restore", "systemctl stop"), ("NAME", "alice"))
        sign_in(browser, provider)
        history = browser.get(f"{SITE}/history/export.jsonl").text
        assert {json.loads(line)["arn"] for line in history.splitlines()} == {first, second}
        check_probes()
    check_log()


def print_logs() -> None:
    """Print what the services have written last, to find out what failed."""
    for path in sorted(Path("/var/log").glob("distui-*.log")):
        lines = [f"{path}:", *path.read_text().splitlines()[-20:]]
        sys.stderr.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    try:
        {"install": install, "use": use}[sys.argv[1]]()
    except Exception:
        print_logs()
        raise
