"""gunicorn's configuration, the same for ``make run`` and for servers that are started by hand.

In a checkout, gunicorn finds it by ``gunicorn.conf.py``. With the installed package, it is named:
``gunicorn --config python:distui.deployment.gunicorn_conf``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from distui.deployment.logs.format import json_formatter
from distui.deployment.variables import env, env_choice, env_number, env_secret


class JsonLogger(Logger):  # type: ignore[misc] # gunicorn has no types
    """Writes gunicorn's own messages in the format of the others."""

    def setup(self, cfg: Any) -> None:
        """Set the format after gunicorn has made its handlers."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(json_formatter())


wsgi_app = "distui.wsgi"
bind = f"{env('DISTUI_BIND', '127.0.0.1')}:{env_number('PORT', 8000, 65535)}"
workers = env_number("DISTUI_WEB_PROCESSES", 2, 64)
threads = env_number("DISTUI_WEB_THREADS", 4, 64)
worker_class = "distui.deployment.buffering_worker.BufferingWorker"
preload_app = True
umask = 0o077
loglevel = "warning"
if env_choice("DISTUI_LOG_FORMAT", "text", "json") == "json":
    logger_class = JsonLogger
control_socket_disable = True
# With the default limit, gunicorn would reject longer URLs with its own plain error page.
limit_request_line = 8190
# In memory, because a slow disk delays the heartbeats of gunicorn's processes.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else tempfile.gettempdir()  # noqa: S108

if env_secret("DISTUI_METRICS_TOKEN") or env("DISTUI_METRICS_ALLOW"):
    # Each process counts its requests in files here, so that any of them can add them up.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="distui-", dir=worker_tmp_dir)


def on_exit(server: Any) -> None:
    """Delete the counts when the main process ends."""
    if counts := env("PROMETHEUS_MULTIPROC_DIR"):
        shutil.rmtree(counts, ignore_errors=True)
