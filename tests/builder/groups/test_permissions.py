"""Every user sees every group; its owner and staff change it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from distui.builder.groups.models import NamedGroup
from tests.builder.groups.conftest import A, B, C, save


def test_every_signed_in_user_sees_every_group(client, charlie_client, bob_client, group):
    for someone in (charlie_client, bob_client):
        assert "Production" in someone.get("/groups/").content.decode()
        assert A in someone.get(f"/groups/{group.pk}/").content.decode()
    for path in ("", "new/", f"{group.pk}/", f"{group.pk}/delete/"):
        assert client.get(f"/groups/{path}")["Location"].startswith("/accounts/login/")
        assert client.post(f"/groups/{path}").status_code == 403
    assert NamedGroup.objects.get() == group


@pytest.mark.parametrize(("who", "may"), [("alice", True), ("bob", True), ("charlie", False)])
def test_only_the_owner_and_staff_can_change_it(who, may, alice, bob, charlie, group):
    client = Client()
    client.force_login({"alice": alice, "bob": bob, "charlie": charlie}[who])
    page = client.get(f"/groups/{group.pk}/").content.decode()
    assert ("<textarea" in page) is may
    answer = client.post(
        f"/groups/{group.pk}/",
        {
            "name": "Changed",
            "kind": "accounts",
            "members": C,
            "version": group.updated_at.isoformat(),
        },
    )
    group.refresh_from_db()
    assert answer.status_code == (302 if may else 403)
    assert (group.name, group.items) == (("Changed", [C]) if may else ("Production", [A, B]))
    assert group.owner == alice


@pytest.mark.parametrize(("who", "may"), [("alice", True), ("bob", True), ("charlie", False)])
def test_only_the_owner_and_staff_can_delete_it(who, may, alice, bob, charlie, group):
    client = Client()
    client.force_login({"alice": alice, "bob": bob, "charlie": charlie}[who])
    asked = client.get(f"/groups/{group.pk}/delete/")
    assert asked.status_code == (200 if may else 403)
    assert NamedGroup.objects.exists()
    client.post(f"/groups/{group.pk}/delete/")
    assert NamedGroup.objects.exists() is not may


def test_a_group_outlives_its_owner(alice, bob_client, charlie_client, group):
    alice.delete()
    assert "Production" in charlie_client.get("/groups/").content.decode()
    assert "Only staff can change" in charlie_client.get(f"/groups/{group.pk}/").content.decode()
    assert charlie_client.post(f"/groups/{group.pk}/").status_code == 403
    assert save(bob_client, f"/groups/{group.pk}/", members=C).status_code == 302


def test_a_superuser_can_change_any_group(group):
    root = User.objects.create_superuser("root")
    client = Client()
    client.force_login(root)
    assert save(client, f"/groups/{group.pk}/", members=C).status_code == 302
