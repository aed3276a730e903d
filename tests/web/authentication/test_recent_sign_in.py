"""Reviews and changes in the admin require a recent sign-in, and keep what was typed."""

from __future__ import annotations

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.models import User
from django.test import Client

from distui.submissions.models import Review
from distui.targets.models import Target
from distui.web.authentication.proxy import BACKEND
from tests.conftest import PASSWORD
from tests.factories import make_submission

HOUR = 3600
REQUIRED = b"require that you signed in within the last 120 minutes."
NOTE = {"decision": "needs-work", "note": "Use the key."}


def signed_in_long_ago(name):
    """Return a client of a user who signed in three hours ago."""
    client = Client()
    client.post("/accounts/login/", {"username": name, "password": PASSWORD})
    change_session(client, started_at=client.session["started_at"] - 3 * HOUR)
    return client


def change_session(client, **values):
    session = client.session
    session.update(values)
    session.save()


@pytest.fixture
def review_url(alice):
    """Return the URL of a review of alice's submission."""
    return f"/history/{make_submission(alice).pk}/review/"


def test_a_review_is_kept_until_its_reviewer_signs_in_again(review_url, bob):
    client = signed_in_long_ago("bob")
    page = client.post(review_url, NOTE)
    assert (page.status_code, REQUIRED in page.content) == (403, True)
    assert b'value="bob"' in page.content
    assert not Review.objects.exists()
    pending = {f"pending:{name}": value for name, value in page.context["pending_fields"]}
    credentials = {"username": "bob", "password": PASSWORD, "next": review_url}
    again = client.post("/accounts/login/", credentials | pending)
    assert again.context["path"] == review_url
    assert client.post(review_url, dict(again.context["fields"])).status_code == 302
    assert Review.objects.get().note == "Use the key."


def test_a_change_in_the_admin_too(db):
    User.objects.create_superuser("root", password=PASSWORD)
    client = signed_in_long_ago("root")
    page = client.post("/admin/targets/target/add/", {"name": "production"})
    assert (page.status_code, REQUIRED in page.content) == (403, True)
    assert page.context["pending_fields"] == [("name", "production")]
    assert client.get("/admin/targets/target/add/").status_code == 200
    assert not Target.objects.exists()


def test_other_forms_do_not(bob):
    assert signed_in_long_ago("bob").post("/form/").status_code == 200


def test_a_proxy_signs_in_on_each_request(review_url, bob, settings):
    client = signed_in_long_ago("bob")
    settings.AUTHENTICATION_BACKENDS = [BACKEND]
    change_session(client, **{BACKEND_SESSION_KEY: BACKEND})
    assert client.post(review_url, NOTE).status_code == 302
