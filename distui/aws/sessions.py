"""boto3 clients: one session per credentials; one client per session, Region and service."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from threading import RLock
from typing import TYPE_CHECKING, Any

import boto3
import botocore.session
from botocore.config import Config
from botocore.credentials import DeferredRefreshableCredentials

from distui.aws import raw_body
from distui.aws.connection import AwsConnection
from distui.aws.endpoints import check_profile, endpoint_for

if TYPE_CHECKING:
    from mypy_boto3_imagebuilder import ImagebuilderClient
    from mypy_boto3_sts import STSClient

CONFIG = Config(  # type: ignore[call-arg] # the stubs lack ignore_configured_endpoint_urls
    connect_timeout=3,
    read_timeout=20,
    # Every send is a recorded attempt. With botocore's own retries, its last error would hide that
    # an earlier send has created the configuration.
    retries={"mode": "standard", "total_max_attempts": 1},
    max_pool_connections=32,
    # Only endpoints that DISTUI_ALLOWED_ENDPOINTS lists are used: see endpoints.py.
    ignore_configured_endpoint_urls=True,
    user_agent_extra="distui",
)
# The sandbox is on loopback, which proxies cannot reach.
_SANDBOX_CONFIG = CONFIG.merge(Config(proxies={}))
# Characters and length of RoleSessionName in the STS service model.
_INVALID_IN_SESSION_NAME = re.compile(r"[^\w+=,.@-]", re.ASCII)
_MAX_SESSION_NAME = 64

# Creating clients from one session is not thread-safe; using clients is.
_lock = RLock()


def imagebuilder(connection: AwsConnection) -> ImagebuilderClient:
    """Return an Image Builder client. Raise what boto3 raises for a missing profile."""
    with _lock:
        client: ImagebuilderClient = _client(connection, "imagebuilder")
        return client


def sts(connection: AwsConnection) -> STSClient:
    """Return an STS client. Raise like ``imagebuilder``."""
    with _lock:
        client: STSClient = _client(connection, "sts")
        return client


def client(connection: AwsConnection, service: str) -> Any:
    """Return a client of another service. Raise like ``imagebuilder``."""
    with _lock:
        return _client(connection, service)


def clear_caches() -> None:
    """Make the next calls load credentials again; running calls keep their clients."""
    with _lock:
        _client.cache_clear()
        _session.cache_clear()


@lru_cache(maxsize=512)
def _client(connection: AwsConnection, service: str) -> Any:
    session = _session(_session_key(connection))
    create_client: Callable[..., Any] = session.client
    client = create_client(
        service,
        region_name=connection.region,
        endpoint_url=connection.sandbox_url or endpoint_for(service, session._session),
        config=_SANDBOX_CONFIG if connection.sandbox_url else CONFIG,
    )
    if service == "imagebuilder":
        raw_body.register_hooks(client)
    return client


def _session_key(connection: AwsConnection) -> AwsConnection:
    """Drop what does not affect credentials. A role is assumed at the STS of its Region."""
    if connection.role_arn:
        return connection
    return replace(connection, region="", external_id="", session_name="")


@lru_cache(maxsize=256)
def _session(connection: AwsConnection) -> boto3.Session:
    if connection.sandbox_url:
        return _sandbox_session()
    session = botocore.session.Session(profile=connection.profile or None)
    check_profile(session)
    if connection.role_arn:
        session.register_component("credential_provider", _AssumedRole(connection))
    return boto3.Session(botocore_session=session)


def _sandbox_session() -> boto3.Session:
    """Return a session that ignores AWS_PROFILE and the AWS files, which are for the real AWS."""
    no_files = {
        "profile": (None, None, None, None),
        "config_file": (None, None, os.devnull, None),
        "credentials_file": (None, None, os.devnull, None),
    }
    session = botocore.session.Session(session_vars=no_files)
    session.set_credentials("AKIASANDBOX", "the-sandbox-accepts-any-key")
    return boto3.Session(botocore_session=session)


class _AssumedRole:
    """A credential provider that assumes a role and renews the credentials when they expire."""

    def __init__(self, connection: AwsConnection) -> None:
        self._connection = connection

    def load_credentials(self) -> DeferredRefreshableCredentials:
        """Return credentials that call STS when the first request is signed."""
        return DeferredRefreshableCredentials(self._assume, "assume-role")

    def _assume(self) -> dict[str, str]:
        name = _INVALID_IN_SESSION_NAME.sub("-", self._connection.session_name)
        # STS refuses an empty external ID.
        external_id = self._connection.external_id
        optional: dict[str, Any] = {"ExternalId": external_id} if external_id else {}
        credentials = sts(replace(self._connection, role_arn="")).assume_role(
            RoleArn=self._connection.role_arn,
            RoleSessionName=name.ljust(2, "-")[:_MAX_SESSION_NAME],
            **optional,
        )["Credentials"]
        return {
            "access_key": credentials["AccessKeyId"],
            "secret_key": credentials["SecretAccessKey"],
            "token": credentials["SessionToken"],
            "expiry_time": credentials["Expiration"].isoformat(),
        }
