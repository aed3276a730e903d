"""All that the sandbox knows of moto's inside: the other AWS services, accounts and chosen ids."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

# Read by moto when it is imported: no page of another site may talk to the sandbox, and the
# thousands of public AMIs per Region are left out, which nobody asks for here.
os.environ["MOTO_DISABLE_GLOBAL_CORS"] = "true"
os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.iam.models import get_account_id_from
from moto.kms.models import kms_backends
from moto.moto_api._internal import mock_random
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.organizations import utils as organizations
from werkzeug.wrappers import Request

from distui.sandbox.scope import Scope, read_scope

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class MotoServices:
    """The services that moto stands in for, in memory; keys it doesn't know own `account`."""

    def __init__(self, account: str) -> None:
        self._account = account
        self._moto: WSGIApplication = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a signed request in the account of its access key."""
        scope = read_scope(Request(environ))
        account = self.account_of(scope) if scope else None
        environ["HTTP_X_MOTO_ACCOUNT_ID"] = account or self._account
        return self._moto(environ, start_response)

    def account_of(self, scope: Scope) -> str | None:
        """The account of the access key, None for a session that is unknown or over.

        Sessions end with the process. Were their keys taken for the default account's, a caller
        that outlives a restart would act in the wrong account.
        """
        account = str(get_account_id_from(scope.access_key))
        if account != DEFAULT_ACCOUNT_ID:
            return account
        return None if scope.is_session else self._account


@contextmanager
def ids_made_from(seed: str) -> Iterator[None]:
    """Ids that moto makes up meanwhile follow from `seed`: the same in every process."""
    mock_random.seed(seed)
    try:
        yield
    finally:
        mock_random.seed()


@contextmanager
def next_account_id(account: str) -> Iterator[None]:
    """The organization gives the account created meanwhile this id, twelve digits."""
    with patch.object(organizations, "make_random_account_id", lambda: account):
        yield


def take_aliases_from_replica(account: str, region: str, key_id: str) -> None:
    """Lets the replica of a key begin without aliases, as KMS does: moto shares the primary's."""
    kms_backends[account][region].keys[key_id].aliases = {}
