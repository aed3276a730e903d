"""Write what requests import: ``python -m tests.deployment.web_server.late_imports``.

Loads the application as gunicorn does, with an empty database in ``DISTUI_VAR``, opens a draft,
adds a Region and looks at other pages.
"""

from __future__ import annotations

import sys

from django.core.management import call_command

import distui.wsgi  # as gunicorn loads it
from tests.conftest import signed_in
from tests.factories import make_draft
from tests.html_forms import rendered_post

PATHS = ["/", "/history/", "/rules/", "/drafts/{}/review/", "/drafts/{}/formats/cloudformation/"]


def main() -> None:
    """Write a name a line, without Django's and Python's own."""
    assert distui.wsgi.application
    call_command("migrate", verbosity=0)
    from django.contrib.auth.models import User

    alice = User.objects.create_user("alice")
    draft, client = make_draft(alice), signed_in(alice)
    before = set(sys.modules)
    url = f"/drafts/{draft.pk}/"
    post = rendered_post(client.get(url).content.decode(), "workspace")
    post["op"] = "add:/distributions"
    response = client.post(url, post.dict(), headers={"HX-Request": "true"})
    assert b"distributions-1" in response.content
    for path in PATHS:
        assert client.get(path.format(draft.pk)).status_code == 200
    others = {"django", *sys.stdlib_module_names}
    late = [name for name in sys.modules.keys() - before if name.partition(".")[0] not in others]
    sys.stdout.write("\n".join(sorted(late)))


if __name__ == "__main__":
    main()
