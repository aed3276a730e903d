"""The site that is measured in Chromium: distui's own, and the naive page beside it.

The naive page is what the same parts give without distui's decisions: every Region's form at once,
the whole of it posted with each key, the whole preview and a list of all findings in the answer.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import include, path

from distui.wsgi import application as application

PAGE = """{% extends "base.html" %}
{% block main %}
  <form id="workspace" method="post" hx-post="" hx-target="#workspace" hx-swap="outerHTML">
    {% csrf_token %}
    <button name="op" value="add" data-action="add">Add Region</button>
    <button name="op" value="copy" data-action="duplicate">Copy Region</button>
    <div hx-post="" hx-trigger="input" hx-include="#workspace" hx-swap="none"
         hx-sync="closest form:queue last">
      {% include "builder/forms/_shape.html" with where="" %}
    </div>
    {% include preview %}
  </form>
{% endblock main %}"""
PREVIEW = """<pre id="preview" hx-swap-oob="true" data-preview>{{ body }}</pre>
<ul id="findings" hx-swap-oob="true">
  {% for found in findings %}<li>{{ found.pointer }}: {{ found.message }}</li>{% endfor %}
</ul>"""


def naive(request, pk: int) -> HttpResponse:
    """The page; a post saves all of it and answers with the preview, a button with the page."""
    from distui.builder.editor.preview import highlight
    from distui.builder.forms.declarations import RequestForm
    from distui.builder.models import Draft

    draft = get_object_or_404(Draft, pk=pk, owner=request.user)
    op = request.POST.get("op", "")
    if request.method == "POST":
        state = RequestForm(request.POST, state=draft.state).document()
        if op:
            items = state["distributions"]
            items.append({"region": ""} if op == "add" else items[0])
        draft.save_state(state, revision=draft.revision)
    template = engines["django"].from_string
    findings = draft.analyze().findings.all
    found = {"body": highlight(draft.body()), "findings": findings, "preview": template(PREVIEW)}
    if request.method == "POST" and not op:
        return HttpResponse(found["preview"].render(found, request))
    form = RequestForm(state=draft.state, findings=findings)
    return HttpResponse(template(PAGE).render(found | {"parts": form.parts}, request))


settings.ROOT_URLCONF = "tests.bench.site"
urlpatterns = [path("naive/<int:pk>/", naive), path("", include("distui.urls"))]
