"""Pages of drafts beside the editor: make one, import one, read its exact body, delete one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from distui.builder.links import editor_url
from distui.builder.models import Draft
from distui.builder.state.importer import NotImportable, read_document
from distui.builder.state.starters import load_starters
from distui.core.document.strict_json import ParseError
from distui.people.policy import visible_or_404
from distui.web.requests import AuthedHtmxRequest


@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: AuthedHtmxRequest) -> HttpResponse:
    """The choice of a beginning; a post makes a draft, blank or from a starter, and opens it."""
    if request.method != "POST":
        return render(
            request, "builder/drafts/new_draft.html", {"starters": load_starters().values()}
        )
    if not (chosen := request.POST.get("starter")):
        return redirect("builder:edit-draft", Draft.objects.create(owner=request.user).pk)
    if not (starter := load_starters().get(chosen)):
        raise Http404("There is no such starter.")
    draft = Draft.objects.create(owner=request.user, text=starter.text)
    messages.info(request, starter.next)
    return redirect(editor_url(draft.pk, starter.open))


@require_safe
def draft_json(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """The request body exactly as it would be sent."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    name = f"distribution-configuration-{draft.pk}.json"
    disposition = "attachment" if "download" in request.GET else "inline"
    return HttpResponse(
        draft.body(),
        content_type="application/json",
        headers={"Content-Disposition": f'{disposition}; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_draft(request: AuthedHtmxRequest) -> HttpResponse:
    """Paste or upload a document. One that no form can hold is shown again, with every reason."""
    text: str | bytes = request.POST.get("document", "")
    if upload := request.FILES.get("file"):
        text = upload.read()
    if request.method != "POST":
        return render(request, "builder/drafts/import_draft.html")
    try:
        imported = read_document(text)
    except (ParseError, NotImportable) as error:
        shown = text if isinstance(text, str) else text.decode("utf-8", "replace")
        context = {"text": shown, "error": error}
        return render(request, "builder/drafts/import_draft.html", context, status=422)
    draft = Draft.objects.create(owner=request.user, text=imported.text)
    for notice in imported.notices:
        messages.info(request, notice)
    return redirect("builder:edit-draft", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_draft(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Asks once more; a post deletes the draft with its versions. The ledger keeps its own."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    if request.method != "POST":
        return render(request, "builder/drafts/delete_draft.html", {"draft": draft})
    draft.delete()
    messages.success(request, f"Deleted {draft.name or 'the draft'}.")
    return redirect("home")
