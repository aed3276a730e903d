"""Pages of the named groups: all of them, one to fill or to read, and its deletion."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from distui.builder.groups.forms import NamedGroupForm
from distui.builder.groups.models import NamedGroup
from distui.people.policy import has_perm, visible_or_404
from distui.web.requests import AuthedHtmxRequest


@require_safe
def list_groups(request: AuthedHtmxRequest) -> HttpResponse:
    """Every group, whoever filled it."""
    groups = NamedGroup.objects.visible_to(request.user).counted().select_related("owner")
    return render(request, "builder/groups/list_groups.html", {"groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: AuthedHtmxRequest) -> HttpResponse:
    """An empty group to fill."""
    return _answer(request, NamedGroup())


@require_http_methods(["GET", "HEAD", "POST"])
def edit_group(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """A group: to change for its owner and staff, to read for everybody else."""
    group = visible_or_404(NamedGroup.objects.all(), request.user, pk=pk)
    if request.method != "POST" and not has_perm(request.user, "change", group):
        return render(request, "builder/groups/show_group.html", {"group": group})
    _demand_change(request, group)
    return _answer(request, group)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_group(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Asks once more; a post deletes the group."""
    group = visible_or_404(NamedGroup.objects.all(), request.user, pk=pk)
    _demand_change(request, group)
    if request.method != "POST":
        return render(request, "builder/groups/delete_group.html", {"group": group})
    group.delete()
    messages.success(request, f"Deleted the group {group.name}.")
    return redirect("builder:list-groups")


def _demand_change(request: AuthedHtmxRequest, group: NamedGroup) -> None:
    if not has_perm(request.user, "change", group):
        who = f"{group.owner.get_username()}, who filled this group," if group.owner else "Staff"
        also = " and staff" if group.owner else ""
        raise PermissionDenied(f"{who}{also} may change or delete it. Everybody may insert it.")


def _answer(request: AuthedHtmxRequest, group: NamedGroup) -> HttpResponse:
    """The form, or after a post that can be saved the way to all groups."""
    if request.method != "POST":
        return _show(request, NamedGroupForm(group=group))
    tidies = request.POST.get("op") == "tidy"
    form = NamedGroupForm(request.POST, request.FILES, group=group, zeros=tidies)
    if tidies:
        form.is_valid()
        form.tidy()
        return _show(request, form, status=422 if form.errors else 200)
    if not form.is_valid() or not form.save(request.user):
        return _show(request, form, status=422)
    messages.success(request, " ".join([f"Saved {form.group}: {form.group.holds}.", *form.notices]))
    return redirect("builder:list-groups")


def _show(request: AuthedHtmxRequest, form: NamedGroupForm, *, status: int = 200) -> HttpResponse:
    return render(request, "builder/groups/edit_group.html", {"form": form}, status=status)
