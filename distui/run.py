"""Run the sandbox, the worker and the web server as child processes: ``make run``.

Ctrl+C or SIGTERM stops all of them, and so does the end of the sandbox or the web server. A worker
that ends is started again.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import Error as DatabaseError

from distui.core.numbers import parse_number
from distui.deployment.checks import RULES
from distui.deployment.supervisor import START_SECONDS, StartupError, Supervisor
from distui.deployment.variables import env, env_choice, env_secret

GUNICORN_CONFIG = "python:distui.deployment.gunicorn_conf"


def main() -> int:
    """Run until a signal arrives; return 0, or 1 if a child process fails."""
    port = env("PORT", "8000")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distui.settings")
    os.environ["SANDBOX_PORT"] = os.environ.get("SANDBOX_PORT") or free_port()
    os.environ["DISTUI_SANDBOX_URL"] = f"http://127.0.0.1:{os.environ['SANDBOX_PORT']}"
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle_signal)
    supervisor = Supervisor()
    try:
        serve(supervisor, port)
    except KeyboardInterrupt:
        return 0
    except (StartupError, ImproperlyConfigured) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        supervisor.stop()
    return 0


def serve(supervisor: Supervisor, port: str) -> None:
    """Start everything in order, print the URL, and monitor the child processes."""
    bind = env("DISTUI_BIND", "127.0.0.1")
    check_port("PORT", port, bind)
    check_port("SANDBOX_PORT", os.environ["SANDBOX_PORT"], "127.0.0.1")
    django.setup()
    check_settings()
    migrate()
    sandbox = start_sandbox(supervisor)
    supervisor.start("worker", "-m", "distui", "manage", "work", restart=True)
    if "DISTUI_SANDBOX_URL" in os.environ:
        create_sandbox_target(supervisor)
    sign_in = ensure_superuser()  # before the web server, so that users can sign in
    supervisor.start("web server", "-m", "gunicorn", "--config", GUNICORN_CONFIG)
    supervisor.wait_for_url(f"http://{local_address(bind)}:{port}/healthz")
    sys.stdout.write(
        f"distui is running at http://{local_address(bind)}:{port}/ ({sandbox}).\n"
        f"{sign_in}\n"
        f"Next, {next_step()} Press Ctrl+C to stop.\n"
    )
    sys.stdout.flush()
    while True:
        supervisor.check()
        time.sleep(0.5)


def next_step() -> str:
    """Return what to do after signing in, in the sandbox or with a target of one's own."""
    if "DISTUI_SANDBOX_URL" in os.environ:
        return (
            "choose the starter Golden AMI. The Drafts page links to the sandbox account's keys"
            " and IDs."
        )
    return "choose the starter Golden AMI and submit it to one of your targets."


def check_settings() -> None:
    """Print the warnings of the system checks that need no database; raise StartupError."""
    for found in checks.run_checks(tags=[checks.Tags.security, RULES]):
        if found.is_serious():
            raise StartupError(found.msg)
        sys.stderr.write(f"Warning: {found.msg} {found.hint}\n")


def migrate() -> None:
    """Apply the database migrations. Raise StartupError if the database fails or is unsafe."""
    from distui.submissions.checks import check_durability

    try:
        for error in check_durability(databases=["default"]):
            raise StartupError(error.msg)
        call_command("migrate", verbosity=0)
    except DatabaseError as error:
        raise StartupError(f"The database can't be used: {error}") from error


def create_sandbox_target(supervisor: Supervisor) -> None:
    """Create the sandbox target unless it exists.

    Retry until the sandbox responds: its first start includes seeding, which can be slow. Raise
    StartupError if the target can't be created.
    """
    from django.core.exceptions import ValidationError

    from distui.targets.resolve_account import AccountNotResolved
    from distui.targets.sandbox import ensure_sandbox_target

    supervisor.wait_for_url(f"{os.environ['DISTUI_SANDBOX_URL']}/healthz")
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            ensure_sandbox_target()
            return
        except AccountNotResolved as error:
            supervisor.check()
            if time.monotonic() > deadline:
                raise StartupError(f"The sandbox does not respond: {error}") from error
        except ValidationError as error:
            messages = " ".join(error.messages)
            raise StartupError(f"The sandbox target can't be created: {messages}") from error


def ensure_superuser() -> str:
    """Create the first superuser unless it exists; return a sentence that says who can sign in.

    Without local accounts, no user is created.
    """
    if not settings.LOCAL_ACCOUNTS:
        return "Password sign-in is disabled."
    from django.contrib.auth.models import User

    name = env("DJANGO_SUPERUSER_USERNAME", "admin")
    if User.objects.filter(username=name).exists():
        return f"Sign in as {name}."
    configured = env_secret("DJANGO_SUPERUSER_PASSWORD")
    password = configured or secrets.token_urlsafe(12)
    User.objects.create_superuser(name, password=password)
    if configured:
        return f"Sign in as {name} with the password in DJANGO_SUPERUSER_PASSWORD."
    return f"Sign in as {name} with the password {password} (shown only once)."


def wants_sandbox() -> bool:
    """Return True if the sandbox is asked for, or if there are no targets of real accounts."""
    from distui.targets.models import Target

    choice = env_choice("DISTUI_SANDBOX", "auto", "true", "false")
    if choice != "auto":
        return choice == "true"
    return not Target.objects.exclude(kind=Target.Kind.SANDBOX).exists()


def start_sandbox(supervisor: Supervisor) -> str:
    """Start the sandbox, if it is wanted, and store its URL for management commands.

    Return a few words about it. Without it, the sandbox target reaches nothing.
    """
    from django.conf import settings

    state: Path = settings.SANDBOX_STATE
    address = state.with_suffix(".url")
    url = os.environ["DISTUI_SANDBOX_URL"] if wants_sandbox() else ""
    try:
        address.write_text(f"{url}\n")
    except OSError as error:
        raise StartupError(f"{address} can't be written: {error.strerror}.") from error
    if not url:
        del os.environ["DISTUI_SANDBOX_URL"]
        return "without the sandbox AWS account; to start it, set DISTUI_SANDBOX=true"
    os.environ["SANDBOX_STATE"] = str(state)
    supervisor.start("sandbox", "-m", "distui.sandbox", stdout=subprocess.DEVNULL)
    return f"sandbox AWS account: {url}"


def handle_signal(number: int, frame: object) -> None:
    """Leave the loop in ``serve``; ignore further signals while stopping."""
    for handled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(handled, signal.SIG_IGN)
    raise KeyboardInterrupt


def check_port(name: str, port: str, bind: str) -> None:
    """Raise StartupError if the port is invalid or in use, or the address does not exist."""
    if not 0 < (parse_number(port) or 0) < 2**16:
        raise StartupError(f"{name} must be a port number from 1 to 65535, not {port!r}.")
    address = bind.strip("[]")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        socket.create_server((address, int(port)), family=family).close()
    except OSError as error:
        raise StartupError(
            f"Port {port} of {bind} can't be used: {_reason(error)}. Choose another one, for"
            f" example: {name}=8010 make run"
        ) from error


def _reason(error: OSError) -> str:
    """Return the system's own words; ``create_server`` adds the address to them."""
    number = error.errno or 0
    return os.strerror(number) if number > 0 else str(error.strerror)


def local_address(bind: str) -> str:
    """Return the address at which this machine reaches a server that listens on ``bind``."""
    return {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(bind, bind)  # noqa: S104 (compared only)


def free_port() -> str:
    """Return a port that is not in use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
