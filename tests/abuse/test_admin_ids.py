"""Actions, filters and fields of the admin with IDs that are too large or not numbers."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db

IDS = ("x", "-1", "1.5", "٣", "9" * 19, "9" * 30, "9" * 5_000, "None", "1,2", "[]")
ACTIONS = {
    "/admin/auth/user/": ("root", "delete_selected"),
    "/admin/auth/group/": ("root", "delete_selected"),
    "/admin/targets/target/": ("root", "delete_selected"),
    "/admin/builder/draft/": ("root", "hand_over"),
    "/admin/submissions/submission/": ("reviewer", "mark_reviewed"),
}
FIELDS = {
    "/admin/auth/user/{user}/change/": {"username": "u", "groups": None},
    "/admin/targets/target/{target}/change/": {"name": "t", "region": "eu-west-1", "groups": None},
    "/admin/auth/group/{group}/change/": {"name": "g", "permissions": None},
    "/admin/builder/draft/": {"action": "hand_over", "_selected_action": "1", "new_owner": None},
}


@pytest.mark.parametrize("odd", IDS)
@pytest.mark.parametrize("path", ACTIONS)
def test_actions(path, odd, world):
    role, action = ACTIONS[path]
    client = world.client(role)
    for selected in ([odd], ["1", odd]):
        fields = {"action": action, "_selected_action": selected, "new_owner": world.user.pk}
        for more in ({}, {"post": "yes"}, {"index": odd}, {"select_across": odd}):
            assert client.post(path, fields | more).status_code in (200, 302, 400)


@pytest.mark.parametrize("odd", IDS)
@pytest.mark.parametrize("path", FIELDS)
def test_fields(path, odd, world):
    fields = {name: odd if value is None else value for name, value in FIELDS[path].items()}
    response = world.client("root").post(world.fill(path), fields)
    assert response.status_code in (200, 302, 400)
