"""The controls that are rendered without templates are Django's."""

import pytest
from django import forms
from django.forms.renderers import get_default_renderer
from django.test import SimpleTestCase

from distui.builder.forms.control_renderer import CONTROL_RENDERER
from distui.builder.forms.fields import ChoiceWidget

SPECIAL = "\n<b> & \"quoted\" 'single' \\"
ATTRS = {"id": SPECIAL, "rows": 3, "autofocus": True, "hidden": False}


@pytest.mark.parametrize("value", [None, "", SPECIAL, 5, "true"])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(attrs=ATTRS),
        forms.Textarea(attrs=ATTRS),
        ChoiceWidget(attrs=ATTRS, choices=[("", "Not set"), ("true", SPECIAL)]),
    ],
)
def test_a_control_is_the_one_that_django_renders(widget, value):
    rendered = [
        widget.render("name", value, {"class": SPECIAL}, renderer)
        for renderer in (CONTROL_RENDERER, get_default_renderer())
    ]
    SimpleTestCase().assertHTMLEqual(*rendered)
    assert rendered[0].startswith(rendered[1].partition(">")[0])
