"""Start and stop services as systemd does, as far as the units of distui need it.

Installed as ``systemctl`` on a machine without systemd. The output of a service is appended to
``/var/log/UNIT.log``.
"""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

UNITS, RUNNING, LOGS = Path("/etc/systemd/system"), Path("/run/units"), Path("/var/log")
READY_SECONDS = 60


def settings_of(unit: str) -> dict[str, list[str]]:
    """Return the values of each setting of a unit."""
    template, _, instance = unit.partition("@")
    path = UNITS / (f"{template}@.service" if instance else f"{unit}.service")
    settings: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        name, separator, value = line.partition("=")
        if separator and not line.startswith("#"):
            settings.setdefault(name, []).append(value.replace("%i", instance))
    return settings


def variables_of(settings: dict[str, list[str]]) -> dict[str, str]:
    """Return the environment of a service; files override what the unit sets."""
    lines = [word for value in settings.get("Environment", ()) for word in shlex.split(value)]
    for path in settings.get("EnvironmentFile", ()):
        lines += Path(path).read_text().splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name: "".join(shlex.split(value)) for name, _, value in pairs}


def start(unit: str) -> None:
    """Start a service, and wait until it is ready if it says so."""
    settings = settings_of(unit)
    (user,), (command,) = settings["User"], settings["ExecStart"]
    for name in settings.get("StateDirectory", ()):
        subprocess.run(["install", "-d", "-o", user, "-m", "0700", f"/var/lib/{name}"], check=True)
    ready = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    ready.settimeout(READY_SECONDS)
    ready.bind(f"/run/notify-{unit}")
    Path(f"/run/notify-{unit}").chmod(0o777)
    variables = {"PATH": "/usr/bin:/bin", "NOTIFY_SOCKET": f"/run/notify-{unit}"}
    with (LOGS / f"{unit}.log").open("ab") as log:
        process = subprocess.Popen(
            ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", *command.split()],
            cwd=settings["WorkingDirectory"][0],
            env=variables | variables_of(settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (RUNNING / unit).write_text(str(process.pid))
    if settings["Type"] == ["notify"]:
        while b"READY=1" not in ready.recv(4096):
            pass
    Path(f"/run/notify-{unit}").unlink()


def stop(unit: str) -> None:
    """Send SIGTERM, and wait until the process has ended."""
    running = RUNNING / unit
    pid = int(running.read_text())
    os.kill(pid, signal.SIGTERM)
    while is_alive(pid):
        time.sleep(0.02)
    running.unlink()


def is_alive(pid: int) -> bool:
    """Return True unless the process has ended: its parent may not have asked for its status."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def main(verb: str, *arguments: str) -> None:
    """Run a command of systemctl."""
    RUNNING.mkdir(exist_ok=True)
    units = [name for name in arguments if not name.startswith("-")]
    if verb in ("restart", "stop"):
        for unit in units:
            stop(unit)
    if verb in ("enable", "restart", "start"):
        for unit in units:
            start(unit)


if __name__ == "__main__":
    main(*sys.argv[1:])
