"""The site that is measured in Chromium: distui and a naive page of the same parts.

The naive page shows all Regions' forms, posts the complete form on each key press, and returns the
complete preview with all findings.
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
  {% for finding in findings %}<li>{{ finding.pointer }}: {{ finding.message }}</li>{% endfor %}
</ul>"""


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


settings.ROOT_URLCONF = "tests.bench.site"
urlpatterns = [path("naive/<int:pk>/", naive), path("", include("distui.urls"))]
