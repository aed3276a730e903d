"""An AWS account for the kill tests: it creates, lists, forgets tokens, and answers badly."""

from __future__ import annotations

import json
import random
import re
import threading
import time
import urllib.parse
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.factories import ACCOUNT

IDENTITY = f"""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<GetCallerIdentityResult><Arn>arn:aws:iam::{ACCOUNT}:user/tests</Arn><UserId>A</UserId>
<Account>{ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"""
PREFIX = f"arn:aws:imagebuilder:eu-west-1:{ACCOUNT}:distribution-configuration/"

# Faults of a Create after it has been carried out, or instead of that.
AFTER = ["drop", "cut", "proxy 403", "empty 429", "redirect", "expired", "other ARN", "empty 400"]
BEFORE = ["drop", "throttle", "500", "proxy 403", "expired"]
BARE = {
    "proxy 403": (403, b"<html><body>Forbidden by the proxy.</body></html>", "text/html"),
    "empty 429": (429, b""),
    "empty 400": (400, b""),
    "redirect": (307, b""),
}
ERRORS = {
    "expired": "403 ExpiredTokenException",
    "throttle": "429 CallRateLimitExceededException",
    "500": "500 ServiceException",
}


class FakeAws:
    """The account. ``created`` maps each ARN to the client token that created it.

    ``tokens_by_name`` has all tokens of a name that were tried: the account has one configuration
    of a name, so that only its second token shows that it could have been created twice.
    """

    def __init__(self, seed: int, *, faults: float) -> None:
        self._random = random.Random(seed)
        self._faults = faults
        self._lock = threading.Lock()
        self._tokens: dict[str, tuple[float, str]] = {}  # when it was used, and the ARN
        self._documents: dict[str, dict[str, Any]] = {}
        self.created: dict[str, str] = {}
        self.tokens_by_name: dict[str, set[str]] = {}
        self.requests = 0
        self.sends = 0
        handler = type("Handler", (_Handler,), {"aws": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> FakeAws:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def create(self, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Carry out a Create, or not. Return what happens to the answer, and the answer."""
        with self._lock:
            self.sends += 1
            fault = ""
            if self._random.random() < self._faults:
                fault = self._random.choice(BEFORE)
                if self._random.random() < 0.6:
                    answer = self._carry_out(body)
                    return self._random.choice(AFTER), answer
                return fault, {}
            return "", self._carry_out(body)

    def _carry_out(self, body: dict[str, Any]) -> dict[str, Any]:
        token, name = body["clientToken"], re.sub("[ _]", "-", body["name"].lower())
        arn = PREFIX + name
        self.tokens_by_name.setdefault(name, set()).add(token)
        used_at, known = self._tokens.get(token, (0.0, ""))
        if known and self._remembers(token, used_at):
            arn = known
        elif arn in self.created:
            return {"error": "400 ResourceAlreadyExistsException"}
        else:
            self.created[arn] = token
            self._tokens[token] = (time.monotonic(), arn)
            now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            document = {key: value for key, value in body.items() if key != "clientToken"}
            self._documents[arn] = {"tags": {}} | document | {"arn": arn, "dateCreated": now}
        return {"requestId": "r-1", "clientToken": token, "distributionConfigurationArn": arn}

    def _remembers(self, token: str, used_at: float) -> bool:
        """Return True for a token that AWS remembers: it forgets half of them within a moment."""
        return bool(hash(token) % 2) or time.monotonic() - used_at < 0.03

    def get(self, arn: str) -> dict[str, Any] | None:
        """Return a configuration."""
        with self._lock:
            return self._documents.get(arn)

    def listed(self) -> list[dict[str, Any]]:
        """Return a summary of each configuration."""
        with self._lock:
            return [
                {key: document[key] for key in ("arn", "name", "dateCreated")}
                for document in self._documents.values()
            ]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Print nothing: killed workers reset their connections."""


class _Handler(BaseHTTPRequestHandler):
    aws: FakeAws
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer's body waits 40 ms for the client's ACK

    def parse_request(self) -> bool:
        """Count the request."""
        self.aws.requests += 1
        return super().parse_request()

    def log_message(self, *_: object) -> None:
        """Log nothing."""

    def do_POST(self) -> None:
        """Answer STS and List."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/ListDistributionConfigurations"):
            self._answer(200, {"distributionConfigurationSummaryList": self.aws.listed()})
        else:
            assert b"GetCallerIdentity" in raw
            self._send(200, IDENTITY.encode(), "text/xml")

    def do_GET(self) -> None:
        """Answer Get."""
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        found = self.aws.get(query["distributionConfigurationArn"][0])
        if found is None:
            self._error(404, "ResourceNotFoundException")
        else:
            self._answer(200, {"distributionConfiguration": found})

    def do_PUT(self) -> None:
        """Answer Create, well or badly."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        fault, answer = self.aws.create(body)
        if fault == "drop":
            self.close_connection = True
        elif fault == "cut":
            self._send(200, json.dumps(answer).encode()[:-30], missing=30)
        elif fault == "other ARN":
            self._answer(200, answer | {"distributionConfigurationArn": f"{PREFIX}other"})
        elif fault in BARE:
            self._send(*BARE[fault])
        elif error := ERRORS.get(fault) or answer.get("error"):
            self._error(int(error[:3]), error[4:])
        else:
            self._answer(200, answer)

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        self._send(status, json.dumps(body).encode())

    def _error(self, status: int, code: str) -> None:
        self._send(status, json.dumps({"message": "No."}).encode(), error=code)

    def _send(
        self,
        status: int,
        body: bytes,
        kind: str = "application/json",
        *,
        error: str = "",
        missing: int = 0,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) + missing))
        self.send_header("x-amzn-RequestId", "r-1")
        if error:
            self.send_header("x-amzn-ErrorType", error)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.close_connection or bool(missing)
