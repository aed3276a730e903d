"""gunicorn's configuration, the same for ``make run`` and for servers that are started by hand.

In a checkout, gunicorn finds it by ``gunicorn.conf.py``. With the installed package, it is named:
``gunicorn --config python:distui.deployment.gunicorn_conf``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from distui.deployment.log_format import json_formatter
from distui.deployment.variables import env, env_choice, env_number


class JsonLogger(Logger):  # type: ignore[misc] # gunicorn has no types
    """Writes gunicorn's own messages in the format of the others."""

    def setup(self, cfg: Any) -> None:
        """Set the format after gunicorn has made its handlers."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(json_formatter())


wsgi_app = "distui.wsgi"
bind = f"{env('DISTUI_BIND', '127.0.0.1')}:{env('PORT', '8000')}"
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
