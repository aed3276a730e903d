"""The migrations of targets keep the permissions that existing rows have."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = [("targets", "0002_standard_words")], [("targets", "0003_everyone")]


@pytest.fixture
def migrate(transactional_db):
    """Return a function that migrates and returns the apps there. Migrates to the newest after."""

    def to(nodes):
        executor = MigrationExecutor(connection)
        executor.migrate(nodes)
        return executor.loader.project_state(nodes).apps

    yield to
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_existing_targets_without_groups_stay_open(migrate):
    before = migrate(BEFORE)
    rows = before.get_model("targets", "Target").objects
    rows.create(name="open", region="eu-west-1")
    limited = rows.create(name="limited", region="eu-west-1")
    limited.groups.add(before.get_model("auth", "Group").objects.create(name="publishers"))
    after = migrate(AFTER).get_model("targets", "Target").objects
    assert dict(after.values_list("name", "everyone")) == {"open": True, "limited": False}
