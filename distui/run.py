"""Run the sandbox, the worker and the web server as child processes: ``make run``.

Ctrl+C or SIGTERM stops all of them, and so does the end of any of them.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import Error as DatabaseError

_START_SECONDS = 45
_STOP_SECONDS = 40  # a running send can take 30
_PR_SET_PDEATHSIG = 1  # prctl(2)

Children = dict[str, subprocess.Popen[bytes]]


class StartupError(Exception):
    """A child process has ended or does not respond; the message is for the user."""


def main() -> int:
    """Run until a signal arrives; return 0, or 1 if a child process fails."""
    port = os.environ.get("PORT") or "8000"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distui.settings")
    os.environ["SANDBOX_PORT"] = os.environ.get("SANDBOX_PORT") or free_port()
    os.environ["DISTUI_SANDBOX_URL"] = f"http://127.0.0.1:{os.environ['SANDBOX_PORT']}"
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle_signal)
    children: Children = {}
    try:
        serve(children, port)
    except KeyboardInterrupt:
        return 0
    except (StartupError, ImproperlyConfigured) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        stop(children)
    return 0


def serve(children: Children, port: str) -> None:
    """Start everything in order, print the URL, and monitor the child processes."""
    check_port(port)
    django.setup()
    children["sandbox"] = start_sandbox()
    migrate()
    children["worker"] = start("manage.py", "work")
    wait_for_url(children, f"{os.environ['DISTUI_SANDBOX_URL']}/healthz")
    sign_in = prepare_database(children)  # before the web server, so that users can sign in
    children["web server"] = start("-m", "gunicorn", *gunicorn_options(port))
    wait_for_url(children, f"http://127.0.0.1:{port}/healthz")
    sys.stdout.write(
        f"distui is running at http://127.0.0.1:{port}/ (sandbox AWS account:"
        f" {os.environ['DISTUI_SANDBOX_URL']}). {sign_in} Press Ctrl+C to stop.\n"
    )
    sys.stdout.flush()
    while True:
        check_running(children)
        time.sleep(0.5)


def migrate() -> None:
    """Apply the database migrations. Raise StartupError if the database fails."""
    try:
        call_command("migrate", verbosity=0)
    except DatabaseError as error:
        raise StartupError(f"The database can't be used: {error}") from error


def prepare_database(children: Children) -> str:
    """Create the sandbox target and the first superuser; return who can sign in.

    Retry until the sandbox responds: its first start includes seeding, which can be slow. Raise
    StartupError if the target can't be created.
    """
    from django.core.exceptions import ValidationError

    from distui.targets.resolve_account import AccountNotResolved
    from distui.targets.sandbox import ensure_sandbox_target

    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            ensure_sandbox_target()
            return ensure_superuser()
        except AccountNotResolved as error:
            check_running(children)
            if time.monotonic() > deadline:
                raise StartupError(f"The sandbox does not respond: {error}") from error
        except ValidationError as error:
            messages = " ".join(error.messages)
            raise StartupError(f"The sandbox target can't be created: {messages}") from error


def ensure_superuser() -> str:
    """Create the first superuser unless it exists; return a sentence that says who can sign in."""
    from django.contrib.auth.models import User

    name = os.environ.get("DJANGO_SUPERUSER_USERNAME") or "admin"
    if User.objects.filter(username=name).exists():
        return f"Sign in as {name}."
    configured = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
    password = configured or secrets.token_urlsafe(12)
    User.objects.create_superuser(name, password=password)
    if configured:
        return f"Sign in as {name} with the password in DJANGO_SUPERUSER_PASSWORD."
    return f"Sign in as {name} with the password {password} (shown only once)."


def start_sandbox() -> subprocess.Popen[bytes]:
    """Start the sandbox and store its URL for management commands."""
    from django.conf import settings

    state: Path = settings.SANDBOX_STATE
    state.with_suffix(".url").write_text(os.environ["DISTUI_SANDBOX_URL"] + "\n")
    os.environ["SANDBOX_STATE"] = str(state)
    return start("-m", "distui.sandbox", stdout=subprocess.DEVNULL)


def gunicorn_options(port: str) -> list[str]:
    """Return gunicorn's options: two processes with four threads each."""
    bind = os.environ.get("DISTUI_BIND") or "127.0.0.1"
    options = ["distui.wsgi", "--bind", f"{bind}:{port}", "--workers", "2", "--threads", "4"]
    # With the default limit, gunicorn would reject longer URLs with its own plain error page.
    options += ["--preload", "--log-level", "warning", "--limit-request-line", "8190"]
    return [*options, "--worker-tmp-dir", heartbeat_directory()]


def heartbeat_directory() -> str:
    """Return a directory in memory, because a slow disk delays gunicorn's heartbeats."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else str(Path.cwd())  # noqa: S108


def start(*arguments: str, stdout: int | None = None) -> subprocess.Popen[bytes]:
    """Start a child process that runs Python with the arguments."""
    return subprocess.Popen(  # noqa: S603 (our own programs)
        [sys.executable, *arguments], stdout=stdout, preexec_fn=end_with_parent
    )


def end_with_parent() -> None:
    """Make Linux end this child process when its parent ends, even if the parent is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def check_running(children: Children) -> None:
    """Raise StartupError if a child process has ended."""
    for name, child in children.items():
        if child.poll() is not None:
            raise StartupError(f"The {name} ended with exit code {child.returncode}. Stopping.")


def wait_for_url(children: Children, url: str) -> None:
    """Wait until the URL responds. Raise StartupError if it does not."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        check_running(children)
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 (http to loopback)
            return
        time.sleep(0.05)
    raise StartupError(f"{url} did not respond within {_START_SECONDS} seconds.")


def stop(children: Children) -> None:
    """Terminate all child processes; kill those that take too long."""
    for child in children.values():
        child.terminate()
    for child in children.values():
        try:
            child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()


def handle_signal(number: int, frame: object) -> None:
    """Leave the loop in ``serve``; ignore further signals while stopping."""
    for handled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(handled, signal.SIG_IGN)
    raise KeyboardInterrupt


def check_port(port: str) -> None:
    """Raise StartupError if the port is invalid or in use."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
        raise StartupError(f"PORT must be a port number from 1 to 65535, not {port!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            raise StartupError(
                f"Port {port} can't be used: {error.strerror}. Choose another one, for example:"
                " PORT=8010 make run"
            ) from error


def free_port() -> str:
    """Return a port that is not in use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
