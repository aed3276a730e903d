"""The AWS services that moto emulates; the only module that uses moto's internals."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

# moto reads these when it is imported. Pages of other sites must not call the sandbox, and the
# thousands of public AMIs in each Region are not needed.
os.environ["MOTO_DISABLE_GLOBAL_CORS"] = "true"
os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.iam.models import get_account_id_from
from moto.kms.models import kms_backends
from moto.moto_api._internal import mock_random
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.organizations import utils as organizations
from werkzeug.wrappers import Request

from distui.sandbox.protocol.credential_scope import CredentialScope, read_credential_scope

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class MotoServices:
    """The moto application, in memory; unknown access keys belong to ``account``."""

    def __init__(self, account: str) -> None:
        self._account = account
        self._moto: WSGIApplication = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Respond to a signed request in the account of its access key."""
        scope = read_credential_scope(Request(environ))
        account = self.account_of(scope) if scope else None
        environ["HTTP_X_MOTO_ACCOUNT_ID"] = account or self._account
        return self._moto(environ, start_response)

    def account_of(self, scope: CredentialScope) -> str | None:
        """Return the account of the access key, or None for an expired or unknown session.

        Sessions end with the process. A session key from before a restart must not fall back to
        the default account, or its caller would act in the wrong account.
        """
        account = str(get_account_id_from(scope.access_key))
        if account != DEFAULT_ACCOUNT_ID:
            return account
        return None if scope.is_session else self._account


@contextmanager
def deterministic_ids(seed: str) -> Iterator[None]:
    """Make moto generate the same IDs in every process inside the block."""
    mock_random.seed(seed)
    try:
        yield
    finally:
        mock_random.seed()


@contextmanager
def next_account_id(account: str) -> Iterator[None]:
    """Make Organizations give this ID to the account created inside the block."""
    with patch.object(organizations, "make_random_account_id", lambda: account):
        yield


def clear_replica_aliases(account: str, region: str, key_id: str) -> None:
    """Remove the aliases of a replica key: in KMS it has none, in moto those of the primary."""
    kms_backends[account][region].keys[key_id].aliases = {}
