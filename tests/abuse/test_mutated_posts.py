"""Thousands of mutated posts: no server error, none is slow, nothing changes in silence.

``MUTATED_POSTS`` sets how many: 500 by default, 5,000 in ``make torture``. The same number makes
the same posts.
"""

from __future__ import annotations

import os
import re
import time
from functools import partial
from random import Random
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.http import QueryDict

from distui.builder.models import Draft, NamedGroup
from distui.submissions.models import Review, Submission
from distui.targets.models import Target
from tests.abuse.forms import FORMS, FilledForm
from tests.abuse.mutations import VALUES
from tests.bench.figures import IDLE_MB, MAX_MB, peak_memory
from tests.html_forms import rendered_post

pytestmark = pytest.mark.django_db

POSTS = int(os.environ.get("MUTATED_POSTS", "500"))
# Of this thread's own CPU time, so that a busy machine does not count.
MAX_SECONDS = 1.0
EDITORS = ("editor", "second Region")  # they save drafts with errors, and answer 422
KIND = "application/x-www-form-urlencoded"
CONTROL = re.compile(r"^(?!group).*(\bname|description|Ids?)$")  # of a value that people type


def saved_rows():
    """Return everything that people have saved, by table."""
    columns = {
        Draft: ("pk", "owner", "text", "dismissed"),
        Submission: ("pk", "request", "state"),
        Review: ("pk", "decision", "note"),
        NamedGroup: ("pk", "name", "kind", "members", "owner"),
        Target: ("pk", "name", "region", "kind", "account", "everyone", "groups"),
        User: ("pk", "username", "password", "is_active", "is_staff", "is_superuser", "groups"),
        Group: ("pk", "name", "permissions"),
    }
    return {
        model: sorted(model.objects.values_list(*names), key=repr)
        for model, names in columns.items()
    }


@pytest.mark.parametrize("name", FORMS)
def test_mutated_posts(name, world):
    filled, before = FilledForm.of(FORMS[name], world), saved_rows()
    faults, memory = [], peak_memory()
    for number in range(max(1, POSTS // len(FORMS))):
        rng = Random(f"{name} {number}")
        fields = filled.mutated(rng)
        post = partial(send, world, FORMS[name], filled.url, fields, htmx=rng.random() < 0.3)
        savepoint = transaction.savepoint()
        status, seconds = post()
        changed = {model for model, rows in saved_rows().items() if rows != before[model]}
        transaction.savepoint_rollback(savepoint)
        if seconds > MAX_SECONDS:  # on a busy machine, once doesn't count
            savepoint = transaction.savepoint()
            _, seconds = post()
            transaction.savepoint_rollback(savepoint)
        may_save = name in EDITORS or status in (200, 302)
        silent = changed - set(FORMS[name].saves if may_save else ())
        if status >= 500 or seconds > MAX_SECONDS or silent:
            faults.append((number, status, f"{seconds:.2f} s", silent, str(fields)[:300]))
    assert faults == []
    assert peak_memory() - memory < MAX_MB - IDLE_MB


def send(world, form, url, fields, *, htmx):
    """Post the fields. Return the status and the seconds of CPU that it took."""
    headers = {"HX-Request": "true"} if htmx else {}
    started = time.thread_time()
    response = world.client(form.role).post(url, urlencode(fields), KIND, headers=headers)
    return response.status_code, time.thread_time() - started


def test_saved_values_are_shown_as_they_were_posted(world):
    filled, client = FilledForm.of(FORMS["editor"], world), world.client("author")
    posted = QueryDict(mutable=True)
    for name, value in filled.fields:
        posted.appendlist(name, value)
    controls = [
        name for name in posted if re.search(r"^(?!group).*(\bname|description|Ids?)$", name)
    ]
    assert len(controls) > 5
    faults = []
    for number in range(max(20, POSTS // 10)):
        rng = Random(f"shown {number}")
        data = posted.copy()
        for name in rng.sample(controls, 2):
            data[name] = rng.choice(VALUES).replace("\0", "")
        savepoint = transaction.savepoint()
        answer = client.post(filled.url, data.urlencode(), KIND, follow=True).content.decode()
        shown = rendered_post(client.get(filled.url).content.decode(), "workspace")
        transaction.savepoint_rollback(savepoint)
        trimmed = "Removed spaces" in answer
        expected = posted if "Nothing was saved" in answer else data
        changed = [one for one in controls if not is_shown(expected[one], shown.get(one), trimmed)]
        faults += [(number, name, data[name][:50], shown.get(name, "")[:50]) for name in changed]
    assert faults == []


def is_shown(posted, shown, trimmed):
    """Return True if the control shows what was posted, besides separators of lists and line ends.

    A browser keeps no line ends in a control of one line, and posts none.
    """
    if shown is None:
        return False
    versions = [words_of(posted), words_of(re.sub(r"[\r\n]", "", posted))]
    same_text = "".join(words_of(shown)) == "".join(words_of(posted))
    return same_text and (trimmed or words_of(shown) in versions)


def words_of(text):
    words = (word.strip("[]") for word in re.split(r"[\s,;]+", text))
    return [word for word in words if word]
