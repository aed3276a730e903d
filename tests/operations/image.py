"""Build the image of the Containerfile without a container engine, and run it as compose.yaml does.

Run it as root in mount and process namespaces of its own: first ``build FOLDER``, which needs the
network, then ``use FOLDER``. Each stage is a copy of this machine, whose Python and packages are
used instead of those of the base image; what is written is gone afterwards.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Template

import requests
import yaml

from tests.operations.newcomer import probe, wait_until
from tests.product import CLEARED_PREFIXES, ROOT

SITE = "http://127.0.0.1:8000"
PYTHON = Path(sys.base_prefix) / "bin"
STANDARD_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# Variables of the machine that say how to reach the network.
NETWORK = {
    name: value for name, value in os.environ.items() if not name.startswith(CLEARED_PREFIXES)
}
COPIED = set((ROOT / ".dockerignore").read_text().split())


def instructions() -> Iterator[tuple[str, str]]:
    """Yield the name and the rest of each instruction of the Containerfile."""
    lines = re.sub(r"^#.*\n", "", (ROOT / "Containerfile").read_text(), flags=re.MULTILINE)
    for line in lines.replace("\\\n", "").splitlines():
        if line:
            name, rest = line.split(maxsplit=1)
            yield name, rest


class Stage:
    """A stage of the build: a copy of the machine, and what the instructions say of it."""

    def __init__(self, folder: Path) -> None:
        self.root, self.path = folder / "root", Path("/")
        self.environment = {"PATH": f"{PYTHON}:{STANDARD_PATH}"}
        self.arguments: dict[str, str] = {}
        self.user, self.commands = "", dict[str, list[str]]()
        for name in ("root", "upper", "work"):
            (folder / name).mkdir(parents=True)
        layers = f"lowerdir=/,upperdir={folder}/upper,workdir={folder}/work"
        mount("-t", "overlay", "-o", layers, "overlay", self.root)
        mount("-t", "proc", "proc", self.root / "proc")
        mount("--rbind", "/dev", self.root / "dev")
        for name in ("/etc/hosts", "/etc/resolv.conf"):  # often mounts of their own
            self.inside(name).unlink(missing_ok=True)
            shutil.copy(name, self.inside(name))
        for parent in PYTHON.parents:
            inside = self.inside(parent)
            inside.chmod(inside.stat().st_mode | 0o011)

    def inside(self, path: str | Path) -> Path:
        """Return where a path of the stage is on this machine."""
        return self.root / str(self.path / path).lstrip("/")

    def set(self, name: str, rest: str) -> None:
        """Keep what an instruction sets."""
        if name == "ARG":
            self.arguments |= dict([rest.split("=", 1)])
        elif name == "ENV":
            text = Template(rest).safe_substitute(self.environment)
            self.environment |= dict(word.split("=", 1) for word in shlex.split(text))
        elif name == "WORKDIR":
            self.path = Path(rest)
            self.inside(rest).mkdir(parents=True, exist_ok=True)
        elif name == "USER":
            self.user = rest
        elif name in ("CMD", "HEALTHCHECK"):
            self.commands[name] = json.loads(rest[rest.index("[") :])

    def copy(self, words: list[str], stages: dict[str, Stage]) -> None:
        """Copy files into it, as COPY does."""
        *sources, target = [word for word in words if not word.startswith("--")]
        (stage,) = [stages[word[7:]] for word in words if word.startswith("--from=")] or [None]
        for source in sources:
            assert stage or f"!{source}" in COPIED, source
            path = stage.inside(source) if stage else ROOT / source
            if path.is_dir():
                shutil.copytree(path, self.inside(target), symlinks=True)
            else:
                shutil.copy(path, self.inside(target))

    def start(self, command: list[str], **more: str) -> subprocess.Popen[bytes]:
        """Start a command in it, as its user."""
        user = self.user.replace(":", " --regid=")
        identity = f"setpriv --reuid={user} --clear-groups --no-new-privs --bounding-set=-all"
        words = [*(shlex.split(identity) if user else ()), *command]
        script = f'cd {self.path} && exec "$@"'
        own = self.environment | self.arguments | more
        return subprocess.Popen(["chroot", self.root, "sh", "-c", script, "sh", *words], env=own)

    def run(self, command: list[str], **more: str) -> int:
        """Run a command in it; return its exit code."""
        return self.start(command, **more).wait()

    def make_read_only(self) -> None:
        """Leave only the folders writable that compose.yaml mounts."""
        volume = self.inside(self.environment["DISTUI_VAR"])
        mount("--bind", volume, volume)
        mount("-t", "tmpfs", "tmpfs", self.root / "tmp")
        mount("-o", "remount,bind,ro", self.root)


def mount(*arguments: str | Path) -> None:
    """Mount a file system."""
    subprocess.run(["mount", *arguments], check=True)


def build(folder: Path) -> Stage:
    """Follow the Containerfile; return its last stage."""
    stages: dict[str, Stage] = {}
    for name, rest in instructions():
        if name == "FROM":
            stage = stages[rest.split()[-1]] = Stage(folder / str(len(stages)))
        elif name == "COPY":
            stage.copy(shlex.split(rest), stages)
        elif name == "RUN":
            if "apt-get" not in rest:  # the machine has its packages
                assert stage.run(["sh", "-ec", rest], **NETWORK | stage.environment) == 0, rest
        else:
            stage.set(name, rest)
    return stage


def use(image: Stage) -> None:
    """Run the containers of compose.yaml that are distui's, with SQLite."""
    image.make_read_only()
    assert not os.access(image.root / "opt", os.W_OK)
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert image.run(services["migrate"]["command"]) == 0
    image.start(services["worker"]["command"])
    image.start(image.commands["CMD"])
    wait_until(lambda: image.run(image.commands["HEALTHCHECK"]) == 0)
    wait_until(lambda: probe(f"{SITE}/readyz") == (200, "ok\n"))
    page = requests.get(f"{SITE}/accounts/login/").text
    assert re.search(r"/static/css/site\.[0-9a-f]{12}\.css", page)


def main(step: str, folder: Path) -> None:
    """Build the image or run its containers."""
    saved = folder / "image"
    if step == "use":
        return use(pickle.loads(saved.read_bytes()))  # written below
    os.umask(0o022)
    mount("-t", "tmpfs", "tmpfs", folder)
    saved.write_bytes(pickle.dumps(build(folder)))
    return None


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
