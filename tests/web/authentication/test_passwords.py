"""Every user can change their own password."""

from __future__ import annotations

from tests.conftest import PASSWORD, signed_in

URL = "/accounts/password/"
NEW = "another horse battery staple"


def post(client, old=PASSWORD, new=NEW, repeated=None):
    """Post the form."""
    data = {"old_password": old, "new_password1": new, "new_password2": repeated or new}
    return client.post(URL, data, follow=True)


def test_a_user_without_staff_rights_changes_it(alice, alice_client):
    other = signed_in(alice)
    page = post(alice_client)
    assert page.redirect_chain == [("/", 302)]
    assert b"Password changed." in page.content
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert other.get("/form/").status_code == 302  # its session has ended


def test_a_wrong_old_password_changes_nothing(alice, alice_client):
    page = post(alice_client, old="wrong-one")
    assert b"There is a problem" in page.content
    assert b"wrong-one" not in page.content
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_a_weak_password_is_refused(alice_client):
    assert b"too common" in post(alice_client, new="password1").content


def test_the_requirements_are_a_list(alice_client):
    page = alice_client.get(URL).content
    assert b"<ul><li>Your password" in page
    assert b"&lt;ul" not in page


def test_every_page_links_to_it(alice_client):
    assert f'href="{URL}"'.encode() in alice_client.get("/").content
