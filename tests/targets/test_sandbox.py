"""The target of the embedded sandbox account."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from distui.targets.models import Target
from distui.targets.resolve_account import AccountNotResolved
from distui.targets.sandbox import ensure_sandbox_target
from tests.targets.conftest import ACCOUNT


@pytest.mark.django_db
def test_it_is_created_once(sandbox):
    first, second = ensure_sandbox_target(), ensure_sandbox_target()
    assert first == second == Target.objects.get()
    assert (first.name, first.kind, first.region) == ("sandbox", "sandbox", "eu-west-1")
    assert (first.account, first.partition) == (ACCOUNT, "aws")
    assert first.audience == "Everyone"


@pytest.mark.django_db
def test_a_missing_account_is_resolved(sandbox):
    Target.objects.create(name="sandbox", kind="sandbox", region="us-east-1")
    assert ensure_sandbox_target().account == ACCOUNT
    assert Target.objects.get().region == "us-east-1"


@pytest.mark.django_db
def test_it_creates_nothing_without_a_sandbox(no_sandbox):
    with pytest.raises(AccountNotResolved, match="can't be reached"):
        ensure_sandbox_target()
    assert not Target.objects.exists()


@pytest.mark.django_db
def test_it_does_not_change_another_target_of_that_name(sandbox):
    Target.objects.create(name="sandbox", region="eu-west-1", account="123456789012")
    with pytest.raises(ValidationError):
        ensure_sandbox_target()
    assert Target.objects.get().account == "123456789012"
