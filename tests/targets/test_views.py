"""The page of the sandbox account."""

from __future__ import annotations

from distui.targets.models import Target
from distui.targets.sandbox import ensure_sandbox_target
from tests.factories import make_target


def test_it_lists_what_drafts_can_name(sandbox, alice_client):
    ensure_sandbox_target()
    page = alice_client.get("/sandbox/").content.decode()
    for text in (
        *("alias/golden-images", "portal-web", "tidewater-vm-exports", "gauges/ingest"),
        *("windows-server-2022", "591837264018", "arn:aws:organizations::418273950164:ou/"),
        "arn:aws:kms:us-east-1:418273950164:alias/portal-volumes",
    ):
        assert text in page
    assert 'data-copy="#value-1-1"' in page
    assert "/sandbox/" in alice_client.get("/").content.decode()


def test_it_says_that_the_sandbox_does_not_run(no_sandbox, alice_client):
    make_target()
    assert "The sandbox doesn't respond." in alice_client.get("/sandbox/").content.decode()


def test_without_a_sandbox_target_there_is_no_page(no_sandbox, alice_client):
    make_target(kind=Target.Kind.CHAIN)
    assert alice_client.get("/sandbox/").status_code == 404
    assert "/sandbox/" not in alice_client.get("/").content.decode()
