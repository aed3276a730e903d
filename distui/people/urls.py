"""URLs of a user's sessions."""

from __future__ import annotations

from django.urls import path

from distui.people import views

urlpatterns = [
    path("accounts/sessions/", views.list_sessions, name="list-sessions"),
    path("accounts/sessions/end/", views.end_sessions, name="end-sessions"),
]
