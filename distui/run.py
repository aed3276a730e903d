"""``make run``: the sandbox account, the worker and the web server as children of one process.

Ctrl-C or SIGTERM stops them all. So does the end of any of them: nothing runs on by halves.
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
_STOP_SECONDS = 40  # a send that is under way may take 30
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG in prctl(2)


def main() -> int:
    """Run until told to stop; 0 then, 1 where a part ended by itself or never answered."""
    port = os.environ.get("PORT") or "8000"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distui.settings")
    os.environ["SANDBOX_PORT"] = os.environ.get("SANDBOX_PORT") or free_port()
    os.environ["DISTUI_SANDBOX_URL"] = f"http://127.0.0.1:{os.environ['SANDBOX_PORT']}"
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop_running)
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        serve(children, port)
    except KeyboardInterrupt:
        return 0
    except (Broken, ImproperlyConfigured) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        stop(children)
    return 0


class Broken(Exception):
    """A part ended by itself or does not answer; the message says which."""


def serve(children: dict[str, subprocess.Popen[bytes]], port: str) -> None:
    """Start everything in order, say where it is, and watch over it."""
    refuse_taken(port)
    django.setup()
    children["sandbox"] = sandbox()
    migrate()
    children["worker"] = start("manage.py", "work")
    await_answer(children, f"{os.environ['DISTUI_SANDBOX_URL']}/healthz")
    sign_in = prepare(children)  # whoever finds the web server can sign in
    children["web server"] = start("-m", "gunicorn", *gunicorn_options(port))
    await_answer(children, f"http://127.0.0.1:{port}/healthz")
    say(
        f"distui is at http://127.0.0.1:{port}/ {sign_in}"
        f" The sandbox AWS account is at {os.environ['DISTUI_SANDBOX_URL']}. Ctrl-C stops all."
    )
    while True:
        watch(children)
        time.sleep(0.5)


def migrate() -> None:
    """Bring the database's tables up to date. Raises ``Broken`` where it can't be used."""
    try:
        call_command("migrate", verbosity=0)
    except DatabaseError as error:
        raise Broken(f"The database can't be used: {error}") from error


def prepare(children: dict[str, subprocess.Popen[bytes]]) -> str:
    """Make the sandbox's target and the first superuser; who may sign in, as a sentence.

    At its first start the sandbox answers only when it is filled, which takes a slow machine long.
    Raises ``Broken`` where the target can't be had.
    """
    from django.core.exceptions import ValidationError

    from distui.targets.resolve_account import AccountNotResolved
    from distui.targets.sandbox import ensure_sandbox_target

    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            ensure_sandbox_target()
            return first_superuser()
        except AccountNotResolved as error:
            watch(children)
            if time.monotonic() > deadline:
                raise Broken(f"The sandbox does not answer: {error}") from error
        except ValidationError as error:
            raise Broken(f"The sandbox's target: {' '.join(error.messages)}") from error


def first_superuser() -> str:
    """The superuser of the environment, or ``admin``, where there is none of that name yet."""
    from django.contrib.auth.models import User

    name = os.environ.get("DJANGO_SUPERUSER_USERNAME") or "admin"
    if User.objects.filter(username=name).exists():
        return f"Sign in as {name}."
    given = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
    password = given or secrets.token_urlsafe(12)
    User.objects.create_superuser(name, password=password)
    known = "the password you gave" if given else f"the password {password} (shown only now)"
    return f"Sign in as {name} with {known}."


def sandbox() -> subprocess.Popen[bytes]:
    """The embedded AWS account, its address written down for ``manage.py submit`` and the like."""
    from django.conf import settings

    state: Path = settings.SANDBOX_STATE
    state.with_suffix(".url").write_text(os.environ["DISTUI_SANDBOX_URL"] + "\n")
    os.environ["SANDBOX_STATE"] = str(state)
    return start("-m", "distui.sandbox", stdout=subprocess.DEVNULL)


def gunicorn_options(port: str) -> list[str]:
    """Two processes of four threads, on loopback unless DISTUI_BIND says otherwise."""
    bind = os.environ.get("DISTUI_BIND") or "127.0.0.1"
    options = ["distui.wsgi", "--bind", f"{bind}:{port}", "--workers", "2", "--threads", "4"]
    # Its own limit would answer a longer address with a bare page instead of ours.
    options += ["--preload", "--log-level", "warning", "--limit-request-line", "8190"]
    return [*options, "--worker-tmp-dir", shared_memory()]


def shared_memory() -> str:
    """A directory in memory for gunicorn's heartbeats, which a slow disk would hold up."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else str(Path.cwd())  # noqa: S108


def start(*arguments: str, stdout: int | None = None) -> subprocess.Popen[bytes]:
    """A child running this Python with the arguments; it ends when this process does."""
    return subprocess.Popen(  # noqa: S603 (our own programs)
        [sys.executable, *arguments], stdout=stdout, preexec_fn=die_with_parent
    )


def die_with_parent() -> None:
    """Ask Linux to end this child with its parent, even where that is killed; elsewhere nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def watch(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Raise ``Broken`` where a child has ended."""
    for name, child in children.items():
        if child.poll() is not None:
            raise Broken(f"The {name} ended with exit code {child.returncode}: stopping all.")


def await_answer(children: dict[str, subprocess.Popen[bytes]], url: str) -> None:
    """Wait until the URL answers. Raises ``Broken`` after 45 seconds."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        watch(children)
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 (http to loopback)
            return
        time.sleep(0.05)
    raise Broken(f"{url} did not answer within {_START_SECONDS} seconds.")


def stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """End every child in good order, by force where that takes too long."""
    for child in children.values():
        child.terminate()
    for child in children.values():
        try:
            child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()


def stop_running(number: int, frame: object) -> None:
    """The signal handler: leave the loop once, and ignore further signals while stopping."""
    for known in (signal.SIGTERM, signal.SIGINT):
        signal.signal(known, signal.SIG_IGN)
    raise KeyboardInterrupt


def refuse_taken(port: str) -> None:
    """Raise ``Broken`` where the port is no port, or another program has it."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
        raise Broken(f"PORT is {port!r}, which is no port number.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            raise Broken(f"Port {port} is taken. Choose another: PORT=8010 make run") from error


def free_port() -> str:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def say(sentence: str) -> None:
    """Print one line at once, also into a pipe."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
