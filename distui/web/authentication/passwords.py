"""The page on which users change their own password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse_lazy

from distui.web.requests import AuthedHtmxRequest


class ChangePasswordForm(PasswordChangeForm):
    """Django's form with the site's styles."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


class ChangePasswordView(PasswordChangeView):
    """Change the user's password; their other sessions end."""

    request: AuthedHtmxRequest
    form_class = ChangePasswordForm
    template_name = "web/change_password.html"
    success_url = reverse_lazy("home")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Reject users without a password: another system signs them in."""
        if not (settings.LOCAL_ACCOUNTS and self.request.user.has_usable_password()):
            raise PermissionDenied("You have no password here. You sign in through another system.")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Save the password and say so on the home page."""
        messages.success(self.request, "Password changed. Your other sessions have ended.")
        return super().form_valid(form)
