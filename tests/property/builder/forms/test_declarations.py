"""Any document survives being rendered as a form and posted."""

from __future__ import annotations

from django.template.loader import render_to_string
from hypothesis import given

from distui.builder.forms.declarations import RequestForm
from tests.html_forms import rendered_post
from tests.strategies import documents, examples


def rendered(form) -> str:
    """Render the whole form with the editor's partials, every Region open."""
    return render_to_string("builder/forms/_shape.html", {"parts": form.parts, "where": ""})


@examples(2)
@given(documents())
def test_posting_the_rendered_form_returns_the_same_document(document):
    post = rendered_post(rendered(RequestForm(state=document)))
    form = RequestForm(post)
    assert list(form.integrity_errors()) == []
    assert form.document() == document
