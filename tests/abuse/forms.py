"""The forms of the site that are posted with mutations, as a role sees them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import Model

from distui.builder.editor import button
from distui.builder.models import Draft, NamedGroup
from distui.core.pointers import pointer
from distui.submissions.models import Review, Submission
from distui.targets.models import Target
from tests.abuse.mutations import Fields, mutate
from tests.html_forms import rendered_post

# Those of the editor, two of another page, and two of none.
VERBS = (*button.VERBS, "select", "clear", "unknown", "")
ARGUMENTS = (
    *("", "/", "x", ":", "0", "9" * 5_000, "/distributions", "/distributions/0", "/tags/0"),
    *("/distributions/-1", "/distributions/9", "/distributions/99999999999", "/tags/x/y/z"),
    *("/name/0", "/distributions/0/region/0", "/distributions/0/x", "distributions/0", "//", "~"),
    *("L001:/name", "L009:/distributions/0/amiDistributionConfiguration/name", "L010:", "::"),
)


@dataclass(frozen=True)
class Form:
    """A form: the role that posts it, its page, and the tables that it may change.

    ``id`` selects one form of the page, ``url`` is where it is posted to if that is not the page.
    ``extra`` are fields that a script or a button adds. IDs replace ``{draft}`` and so on.
    """

    role: str
    page: str
    saves: tuple[type[Model], ...] = ()
    id: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    url: str = ""


_COPYING = "/drafts/{draft}/copy/?from=/distributions/0"
_KEY = "/distributions/0/amiDistributionConfiguration/kmsKeyId"
_SUBMISSIONS = "/admin/submissions/submission/"
_DOCUMENT = '{"name": "x", "distributions": [{"region": "eu-west-1"}]}'

FORMS = {
    "editor": Form("author", "/drafts/{draft}/?open=0", (Draft,), "workspace"),
    "second Region": Form("author", "/drafts/{draft}/?open=1", (Draft,), "workspace"),
    "review": Form(  # its buttons for fixes change the draft
        *("author", "/drafts/{draft}/review/", (Draft, Submission), "submit"),
        extra=(("target", "{target}"),),
    ),
    "copy": Form("author", _COPYING, (Draft,), extra=(("selected", "us-west-2"),)),
    "apply": Form("author", _COPYING + "/amiDistributionConfiguration", (Draft,)),
    "dismiss": Form(
        *("author", "/drafts/{draft}/dismissed/?finding=L022:" + _KEY, (Draft,)),
        extra=(("reason", "It isn't encrypted"), ("op", "dismiss")),
    ),
    "restore": Form("author", "/drafts/{draft}/dismissed/", (Draft,), extra=(("op", "restore:1"),)),
    "versions": Form("author", "/drafts/{draft}/versions/", (Draft,), extra=(("version", "r1"),)),
    "target of a draft": Form(
        *("author", "/drafts/{draft}/target/", (Draft,)), extra=(("target", "{target}"),)
    ),
    "share": Form(
        *("author", "/drafts/{draft}/share/", (Draft,)), extra=(("username", "colleague"),)
    ),
    "new draft": Form("author", "/drafts/new/", (Draft,), extra=(("starter", "golden-ami"),)),
    "import": Form("author", "/drafts/import/", (Draft,), extra=(("document", _DOCUMENT),)),
    "new group": Form(
        *("author", "/groups/new/", (NamedGroup,)), extra=(("name", "N"), ("members", "1" * 12))
    ),
    "named group": Form("author", "/groups/{named_group}/", (NamedGroup,)),
    "reopen": Form("author", "/", (Draft,), url="/history/{submission}/reopen/"),
    "session": Form("author", "/", url="/accounts/session/"),
    "sign-in": Form("anonymous", "/accounts/login/", extra=(("pending:name", "x"),)),
    "interrupted": Form("anonymous", "/accounts/login/", url="/drafts/{draft}/"),
    "own password": Form("author", "/accounts/password/", (User,)),
    "password in the admin": Form("staff", "/admin/password_change/", (User,)),
    "user": Form("root", "/admin/auth/user/{user}/change/", (User,)),
    "new user": Form("root", "/admin/auth/user/add/", (User,)),
    "user's password": Form("manager", "/admin/auth/user/{user}/password/", (User,)),
    "users": Form("root", "/admin/auth/user/", (User,), extra=(("_selected_action", "{user}"),)),
    "group": Form("root", "/admin/auth/group/{group}/change/", (Group, User, Target)),
    "target": Form("root", "/admin/targets/target/{target}/change/", (Target,)),
    "new target": Form("root", "/admin/targets/target/add/", (Target,)),
    "drafts": Form("root", "/admin/builder/draft/", (Draft,), extra=(("new_owner", "{user}"),)),
    "submissions": Form(
        *("reviewer", _SUBMISSIONS, (Review,)),
        extra=(("_selected_action", "{submission}"), ("decision", "reviewed")),
    ),
    "admin review": Form(
        *("reviewer", _SUBMISSIONS + "{submission}/change/", (Review,)),
        url=_SUBMISSIONS + "{submission}/review/",
    ),
}


@dataclass
class FilledForm:
    """A form with the fields and the buttons of its page."""

    url: str
    fields: Fields
    buttons: list[str]
    pointers: list[str]

    @classmethod
    def of(cls, form: Form, world: Any) -> FilledForm:
        """Open the form's page and read it."""
        page = world.client(form.role).get(world.fill(form.page)).content.decode()
        posted = rendered_post(page, form.id)
        fields = [(name, value) for name, values in posted.lists() for value in values]
        found = re.findall(r'<button[^>]*name="op"[^>]*value="([^"]*)"', page, re.DOTALL)
        options = re.findall(r'<option value="(\w+)"', page) if "/admin/" in form.page else []
        return cls(
            world.fill(form.url or form.page),
            [*fields, *((name, world.fill(value)) for name, value in form.extra)],
            [html.unescape(value) for value in found] + options,
            [*pointers(world.draft.document)],
        )

    def mutated(self, rng: Random) -> Fields:
        """Return the fields mutated, in most cases with a button."""
        fields = mutate(self.fields, rng)
        return [*fields, self.button(rng)] if rng.random() < 0.6 else fields

    def button(self, rng: Random) -> tuple[str, str]:
        """Return a button of the page, or a verb with any argument."""
        if "/admin/" in self.url:
            return "action", rng.choice(self.buttons or [""])
        if self.buttons and rng.random() < 0.4:
            return "op", rng.choice(self.buttons)
        place = rng.choice(rng.choice((ARGUMENTS, self.pointers)))
        return "op", f"{rng.choice(VERBS)}:{place}{rng.choice(('', '', ':1', '/0'))}"


def pointers(value: Any, path: tuple[Any, ...] = ()) -> Iterator[str]:
    """Yield the pointer of every value in the document."""
    yield pointer(path)
    if isinstance(value, dict | list):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from pointers(child, (*path, key))
