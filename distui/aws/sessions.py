"""Clients of AWS services: one session per credentials, one client per session, Region, service."""

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

if TYPE_CHECKING:
    from mypy_boto3_imagebuilder import ImagebuilderClient
    from mypy_boto3_sts import STSClient

CONFIG = Config(  # type: ignore[call-arg] # the stubs lack ignore_configured_endpoint_urls
    connect_timeout=3,
    read_timeout=20,
    # One send is one recorded attempt: with retries of its own, botocore's last error would hide
    # that an earlier send had created the configuration.
    retries={"mode": "standard", "total_max_attempts": 1},
    max_pool_connections=32,
    # An endpoint comes from the few variables below, which the start has checked, or from nowhere.
    ignore_configured_endpoint_urls=True,
    user_agent_extra="distui",
)
# The embedded account is on loopback, where no proxy leads.
_SANDBOX_CONFIG = CONFIG.merge(Config(proxies={}))
# The characters and length of RoleSessionName in STS's service model.
_NOT_IN_SESSION_NAMES = re.compile(r"[^\w+=,.@-]", re.ASCII)
_LONGEST_SESSION_NAME = 64

# boto3's sessions are not safe to share between threads that create clients; clients are.
_lock = RLock()


def imagebuilder(access: AwsConnection) -> ImagebuilderClient:
    """The client of Image Builder. Raises what boto3 raises for a profile that isn't there."""
    with _lock:
        client: ImagebuilderClient = _client(access, "imagebuilder")
        return client


def sts(access: AwsConnection) -> STSClient:
    """The client of STS. Raises as ``imagebuilder`` does."""
    with _lock:
        client: STSClient = _client(access, "sts")
        return client


def forget() -> None:
    """Lets the next calls read credentials anew; calls under way keep their clients."""
    with _lock:
        _client.cache_clear()
        _session.cache_clear()


@lru_cache(maxsize=512)
def _client(access: AwsConnection, service: str) -> Any:
    make: Callable[..., Any] = _session(_credentials_of(access)).client
    client = make(
        service,
        region_name=access.region,
        endpoint_url=access.sandbox_url or _endpoint(service),
        config=_SANDBOX_CONFIG if access.sandbox_url else CONFIG,
    )
    if service == "imagebuilder":
        raw_body.attach(client)
    return client


def _credentials_of(access: AwsConnection) -> AwsConnection:
    """What of it makes a difference to credentials; a role is assumed in its own Region's STS."""
    if access.role_arn:
        return access
    return replace(access, region="", external_id="", session_name="")


@lru_cache(maxsize=256)
def _session(access: AwsConnection) -> boto3.Session:
    if access.sandbox_url:
        return _sandbox_session()
    if access.role_arn:
        session = botocore.session.Session()
        session.register_component("credential_provider", _AssumedRole(access))
        return boto3.Session(botocore_session=session)
    return boto3.Session(profile_name=access.profile or None)


def _sandbox_session() -> boto3.Session:
    """A session that reads neither AWS_PROFILE nor anybody's files: they are of the real AWS."""
    nothing = {
        "profile": (None, None, None, None),
        "config_file": (None, None, os.devnull, None),
        "credentials_file": (None, None, os.devnull, None),
    }
    session = botocore.session.Session(session_vars=nothing)
    session.set_credentials("AKIASANDBOX", "any-key-opens-the-sandbox")
    return boto3.Session(botocore_session=session)


class _AssumedRole:
    """In place of botocore's chain: the credentials of a role, assumed again as they run out."""

    def __init__(self, access: AwsConnection) -> None:
        self._access = access

    def load_credentials(self) -> DeferredRefreshableCredentials:
        """What botocore asks its chain for; STS is called once a request is to be signed."""
        return DeferredRefreshableCredentials(self._assume, "assume-role")

    def _assume(self) -> dict[str, str]:
        name = _NOT_IN_SESSION_NAMES.sub("-", self._access.session_name)
        granted = sts(replace(self._access, role_arn="")).assume_role(
            RoleArn=self._access.role_arn,
            ExternalId=self._access.external_id,
            RoleSessionName=name.ljust(2, "-")[:_LONGEST_SESSION_NAME],
        )["Credentials"]
        return {
            "access_key": granted["AccessKeyId"],
            "secret_key": granted["SecretAccessKey"],
            "token": granted["SessionToken"],
            "expiry_time": granted["Expiration"].isoformat(),
        }


def _endpoint(service: str) -> str | None:
    """The endpoint that the environment sets for a service, None for AWS's own."""
    own = os.environ.get(f"AWS_ENDPOINT_URL_{service.upper()}")
    return own or os.environ.get("AWS_ENDPOINT_URL") or None
