"""Sign-in, sessions, and forms that are posted after the session has ended."""

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
from distui.web.resubmit import Fields, pending_fields, posted_fields, resend_page


class SignInForm(AuthenticationForm):
    """Django's sign-in form with the site's styles."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        # After an error, the error summary gets the focus.
        self.fields["username"].widget.attrs["autofocus"] = not self.is_bound


class SignInView(LoginView):
    """The sign-in page; it passes on the fields of a form that the session's end interrupted."""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the interrupted form's fields to the context."""
        fields = pending_fields(self.request.POST)
        return super().get_context_data(pending_fields=fields, interrupted=bool(fields), **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Redirect to the next page, or show the interrupted form's fields to send again."""
        response = super().form_valid(form)
        _renew_session(self.request)
        fields = pending_fields(self.request.POST)
        if not fields:
            return response
        return resend_page(
            self.request,
            self.get_success_url(),
            fields,
            title="You are signed in again",
            text="Your form has not been saved, because your session had ended. Your input is kept"
            " below.",
            status=200,
        )


def _renew_session(request: HttpRequest) -> None:
    """Restart the session's lifetime, with an explicit expiry date so that pages can show it."""
    request.session.set_expiry(timedelta(seconds=settings.SESSION_COOKIE_AGE))


@require_POST
def extend_session(request: HttpRequest) -> HttpResponse:
    """Extend the session and send its new lifetime to the page."""
    _renew_session(request)
    response = HttpResponse(status=204)
    trigger_client_event(response, "announce", {"value": "Session extended."})
    return _trigger_session(response, settings.SESSION_COOKIE_AGE)


def _trigger_session(response: HttpResponse, seconds: int) -> HttpResponse:
    """Send the session's remaining seconds to the page, as the event ``session``."""
    return trigger_client_event(response, "session", {"value": seconds})


@login_not_required
def sign_in_to_admin(request: HttpRequest) -> HttpResponse:
    """Redirect to the sign-in page; reject signed-in users, who came here without permission."""
    if request.user.is_authenticated:
        raise PermissionDenied("Only staff can open the admin.")
    response: HttpResponse = redirect_to_login(request.GET.get("next") or reverse("admin:index"))
    return response


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's middleware that also keeps posted forms and redirects htmx requests."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: Any,
        view_kwargs: Any,
    ) -> HttpResponseBase | None:
        """Skip public views, for which Django's middleware would still load the session."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # Django declares only its own redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """Redirect to the sign-in page; for a posted form, show it with the form's fields.

        A background request only reports that the session has ended, so the page stays as it is.
        """
        if "X-Background" in request.headers:
            return _trigger_session(HttpResponse(status=403), 0)
        fields = posted_fields(request) if request.method == "POST" else None
        if fields is not None:
            return _interrupted_form(request, fields)
        if htmx := HtmxDetails(request):
            query = urlencode({"next": htmx.current_url_abs_path or ""})
            return HttpResponseClientRedirect(f"{reverse('login')}?{query}")
        response: HttpResponseBase = super().handle_no_permission(request, view_func)
        return response


def _interrupted_form(request: HttpRequest, fields: Fields) -> HttpResponse:
    """Return the sign-in page with the fields of the interrupted form."""
    context = {
        "form": SignInForm(request),
        "next": request.get_full_path(),
        "pending_fields": fields,
        "interrupted": True,
    }
    response = render(request, "registration/login.html", context, status=403)
    return retarget(request, response, "#main", "#main")
