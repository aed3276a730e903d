"""The page on which users see and end their sessions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from distui.people.models import Session
from distui.people.requests import AuthedRequest


@require_safe
def list_sessions(request: AuthedRequest) -> HttpResponse:
    """List the user's sessions."""
    context = {
        "sessions": Session.objects.current(request.user),
        "current": request.session.session_key,
    }
    return render(request, "people/sessions.html", context)


@require_POST
def end_sessions(request: AuthedRequest) -> HttpResponse:
    """End the one posted as ``session``, or all others of the user."""
    others = [
        session
        for session in Session.objects.current(request.user)
        if session.session_key != request.session.session_key
    ]
    wanted = request.POST.get("session")
    ended = [session for session in others if wanted in (session.public_id, "others")]
    for session in ended:
        session.delete()
    if ended:
        messages.success(request, "Session ended." if len(ended) == 1 else "Sessions ended.")
    else:
        messages.info(request, "This session has already ended.")
    return redirect("list-sessions")
