"""The site with three pages more: one breaks, one refuses, one takes a form."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import path

from distui import urls


def break_down(request):
    """A page with a mistake in it."""
    raise RuntimeError("as planned")


def refuse(request):
    """A page that nobody may see."""
    raise PermissionDenied("Only the owner may do this.")


def take_form(request):
    """A page that answers with the fields it was sent."""
    return JsonResponse({name: request.POST.getlist(name) for name in request.POST})


handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

urlpatterns = [
    *urls.urlpatterns,
    path("break/", break_down),
    path("refuse/", refuse),
    path("form/", take_form, name="form"),
]
