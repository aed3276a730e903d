"""URLs of the sign-in pages, the health checks and the accessibility statement."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.generic import TemplateView

from distui.web import health, sign_in

urlpatterns = [
    path("accounts/login/", sign_in.SignInView.as_view(), name="login"),
    path("accounts/session/", sign_in.extend_session, name="extend-session"),
    path("accounts/logout/", login_not_required(LogoutView.as_view()), name="logout"),
    path(
        "accessibility/",
        login_not_required(TemplateView.as_view(template_name="web/accessibility.html")),
        name="accessibility",
    ),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
