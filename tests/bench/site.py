"""The site that is measured in Chromium: distui and a naive page of the same parts.

The naive page shows all Regions' forms, posts the complete form on each key press, and returns the
complete preview with all findings. The reference page shows how fast the machine is: it has nothing
of distui, so that no change of distui makes it faster or slower.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
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
  {% for finding in findings %}<li>{{ finding.pointer }}: {{ finding.message }}</li>{% endfor %}
</ul>"""

REFERENCE = """<!doctype html><html lang="en"><title>Reference</title><form>
{% for row in rows %}<div class="row-{{ row }}"><label for="id_{{ row }}">Field {{ row }}</label>
<input id="id_{{ row }}" name="field-{{ row }}" value="{{ row|add:1 }}">
<p>{% if row|divisibleby:2 %}An even number{% else %}An odd number{% endif %}</p></div>
{% endfor %}</form></html>"""


def naive(request, pk: int) -> HttpResponse:
    """Show the page; save a post and return the preview, or the page if a button was pressed."""
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
    context = {"body": highlight(draft.body()), "findings": findings, "preview": template(PREVIEW)}
    if request.method == "POST" and not op:
        return HttpResponse(context["preview"].render(context, request))
    form = RequestForm(state=draft.state, findings=findings)
    return HttpResponse(template(PAGE).render(context | {"parts": form.parts}, request))


def reference(request) -> HttpResponse:
    """Show a plain form of 1,000 fields."""
    template = engines["django"].from_string(REFERENCE)
    return HttpResponse(template.render({"rows": range(1000)}))


settings.ROOT_URLCONF = "tests.bench.site"
urlpatterns = [
    path("naive/<int:pk>/", naive),
    path("reference/", login_not_required(reference)),
    path("", include("distui.urls")),
]
