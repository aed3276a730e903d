"""Forms of one class share their fields until a form uses one."""

from __future__ import annotations

from django.http import QueryDict

from distui.builder.forms.declarations import RequestForm


def test_a_forms_field_is_its_own_copy():
    first, second = RequestForm(state={"name": "a"}), RequestForm(state={"name": "b"})
    first.fields["name"].widget.attrs["data-mark"] = "first"
    assert first.fields["name"] is first.fields["name"]
    assert "data-mark" not in second.fields["name"].widget.attrs
    assert "data-mark" not in RequestForm.base_fields["name"].widget.attrs
    assert "data-pointer" not in RequestForm.base_fields["name"].widget.attrs


def test_every_access_returns_the_own_copy():
    form = RequestForm(state={})
    assert dict(form.fields.items()) == {name: form.fields[name] for name in form.fields}
    assert list(form.fields.values()) == [form.fields[name] for name in form.fields]
    assert all(field.widget.attrs["data-pointer"] for field in form.fields.values())


def test_a_post_uses_shared_fields_unchanged():
    before = {name: dict(field.widget.attrs) for name, field in RequestForm.base_fields.items()}
    form = RequestForm(QueryDict("name=a&distributions-TOTAL_FORMS=0"), state={})
    assert form.document()["name"] == "a"
    after = {name: dict(field.widget.attrs) for name, field in RequestForm.base_fields.items()}
    assert after == before
