"""The badge of a submission's state."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from distui.submissions.models import SubmissionState


def render_badge(state):
    source = "{% load submission_tags %}{% state_badge state %}"
    return Template(source).render(Context({"state": state}))


@pytest.mark.parametrize("state", SubmissionState)
def test_every_state_has_an_icon_and_its_label(state):
    html = render_badge(state.value)
    assert f'data-state="{state.value}"' in html
    assert "<svg" in html
    assert f"{state.label}</span>" in html


def test_an_unknown_state_raises():
    with pytest.raises(ValueError, match="lost"):
        render_badge("lost")
