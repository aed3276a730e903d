"""Message brokers for the tests: Redis, SQS by moto's server, and a RabbitMQ that runs already."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kombu import Connection
from moto.server import ThreadedMotoServer


@contextmanager
def redis_server(directory: Path) -> Iterator[str]:
    """Run a Redis server on a socket in the directory. Yield its URL for Celery."""
    if not shutil.which("redis-server"):
        install_redis()
    socket = directory / "redis.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", str(socket), "--save", ""]
    process = subprocess.Popen(command, cwd=directory, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while not socket.exists():
            assert time.monotonic() < deadline, "Redis did not start"
            time.sleep(0.02)
        yield f"redis+socket://{socket}"
    finally:
        process.kill()
        process.wait()


def install_redis() -> None:
    """Install the Redis server, as tests/with-postgres does with PostgreSQL."""
    as_root = [] if os.getuid() == 0 else ["sudo", "-n"]
    subprocess.run([*as_root, "apt-get", "update", "-qq"], check=True)
    subprocess.run([*as_root, "apt-get", "install", "-y", "-qq", "redis-server"], check=True)


@contextmanager
def sqs_server() -> Iterator[str]:
    """Run moto's server in a thread. Yield its URL for Celery."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    yield f"sqs://any:any@localhost:{port}"
    server.stop()


@contextmanager
def emptied_rabbitmq(url: str) -> Iterator[str]:
    """Empty the queues of a RabbitMQ server that runs already. Yield its URL."""
    with Connection(url) as connection:
        for queue in ("submit", "survey"):
            with suppress(*connection.channel_errors):  # it doesn't exist yet
                connection.channel().queue_purge(queue)
    yield url
