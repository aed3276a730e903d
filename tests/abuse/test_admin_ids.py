"""Actions, filters and fields of the admin with IDs that are too large or not numbers."""

from __future__ import annotations

from itertools import product

import pytest
from django.contrib import admin
from django.db import transaction

pytestmark = pytest.mark.django_db

IDS = ("x", "-1", "1.5", "٣", "9" * 19, "9" * 30, "9" * 5_000, "None", "1,2", "[]")
# The actions of each list, from the admin itself.
ACTIONS = [
    (model._meta, action)
    for model, model_admin in admin.site._registry.items()
    for _, action, _ in model_admin._get_base_actions()
]
FIELDS = {
    "/admin/auth/user/{user}/change/": {"username": "u", "groups": None},
    "/admin/targets/target/{target}/change/": {"name": "t", "region": "eu-west-1", "groups": None},
    "/admin/auth/group/{group}/change/": {"name": "g", "permissions": None},
    "/admin/builder/draft/": {"action": "hand_over", "_selected_action": "1", "new_owner": None},
}


@pytest.mark.parametrize(("model", "action"), ACTIONS, ids=str)
def test_actions(model, action, world):
    client = world.client("reviewer" if model.app_label == "submissions" else "root")
    path = f"/admin/{model.app_label}/{model.model_name}/"
    for odd in IDS:
        for more in (
            {},
            {"_selected_action": ["1", odd], "post": "yes"},
            {"index": odd},
            {"select_across": odd},
        ):
            fields = {"action": action, "_selected_action": odd, "new_owner": world.user.pk} | more
            savepoint = transaction.savepoint()
            status = client.post(path, fields).status_code
            transaction.savepoint_rollback(savepoint)
            assert status in (200, 302, 400), (odd, more)


def test_the_actions_are_those_of_the_admin():
    names = {action for _, action in ACTIONS}
    assert names == {"delete_selected", "end_sessions", "hand_over", "mark_reviewed", "needs_work"}


@pytest.mark.parametrize("odd", IDS)
@pytest.mark.parametrize("path", FIELDS)
def test_fields(path, odd, world):
    fields = {name: odd if value is None else value for name, value in FIELDS[path].items()}
    response = world.client("root").post(world.fill(path), fields)
    assert response.status_code in (200, 302, 400)


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_unknown_fields(model, world):
    options = model._meta
    client = world.client("reviewer" if options.app_label == "submissions" else "root")
    for view, method, odd in product(("change", "delete"), ("get", "post"), ("", "__all__", "x")):
        path = f"/admin/{options.app_label}/{options.model_name}/1/{view}/"
        status = getattr(client, method)(path, {"_to_field": odd}).status_code
        assert status in (200, 302, 400, 403, 404), (view, method, odd)
