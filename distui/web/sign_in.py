"""Signing in, also in the middle of something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event
from django_htmx.middleware import HtmxDetails

from distui.web.htmx import retarget
from distui.web.resubmit import Fields, carried_fields, kept_fields, resend_page


class SignInForm(AuthenticationForm):
    """Django's, in the looks of the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        # After a mistake the focus belongs to the summary that tells it.
        self.fields["username"].widget.attrs["autofocus"] = not self.is_bound


class SignIn(LoginView):
    """The sign-in page; carries the fields of a form that an expired session interrupted."""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page's context, with the carried fields as ``kept``."""
        kept = carried_fields(self.request.POST)
        return super().get_context_data(kept=kept, interrupted=bool(kept), **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """On to where the person was going, or to the fields of the interrupted form."""
        response = super().form_valid(form)
        _stay(self.request)
        fields = carried_fields(self.request.POST)
        if not fields:
            return response
        return resend_page(
            self.request,
            self.get_success_url(),
            fields,
            title="You are signed in again",
            text="Your form was not saved yet, because your session had ended. All that you typed"
            " is kept here.",
            status=200,
        )


def _stay(request: HttpRequest) -> None:
    """Let the session end so much later than now: with a date of its own a page can tell it."""
    request.session.set_expiry(timedelta(seconds=settings.SESSION_COOKIE_AGE))


@require_POST
def extend_session(request: HttpRequest) -> HttpResponse:
    """Put the session's end off, and tell the page that asked for it how far away it is."""
    _stay(request)
    response = HttpResponse(status=204)
    trigger_client_event(response, "announce", {"value": "You stay signed in."})
    return _tell_session(response, settings.SESSION_COOKIE_AGE)


def _tell_session(response: HttpResponse, seconds: int) -> HttpResponse:
    """The response, which lets the page know how long the session lasts yet."""
    return trigger_client_event(response, "session", {"value": seconds})


@login_not_required
def sign_in_to_admin(request: HttpRequest) -> HttpResponse:
    """The site has one sign-in page; who is signed in and sent here may not enter the admin."""
    if request.user.is_authenticated:
        raise PermissionDenied("The admin is open to staff: superusers, and reviewers among them.")
    response: HttpResponse = redirect_to_login(request.GET.get("next") or reverse("admin:index"))
    return response


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's, but a form posted after the session's end is kept, and htmx is sent along."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: Any,
        view_kwargs: Any,
    ) -> HttpResponseBase | None:
        """Nothing for a view that is open to everyone: Django's asks the session even then."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # Django declares only its own redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """A redirect to the sign-in page; for a posted form that page itself, with the fields.

        What a page asks for in the background takes nothing away from whoever is typing there.
        """
        if "X-Background" in request.headers:
            return _tell_session(HttpResponse(status=403), 0)
        fields = kept_fields(request) if request.method == "POST" else None
        if fields is not None:
            return _interrupted(request, fields)
        if htmx := HtmxDetails(request):
            query = urlencode({"next": htmx.current_url_abs_path or ""})
            return HttpResponseClientRedirect(f"{reverse('login')}?{query}")
        response: HttpResponseBase = super().handle_no_permission(request, view_func)
        return response


def _interrupted(request: HttpRequest, fields: Fields) -> HttpResponse:
    context = {
        "form": SignInForm(request),
        "next": request.get_full_path(),
        "kept": fields,
        "interrupted": True,
    }
    response = render(request, "registration/login.html", context, status=403)
    return retarget(request, response, "#main", "#main")
