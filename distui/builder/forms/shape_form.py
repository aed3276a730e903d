"""ShapeForms are to the schema what ModelForms are to a model.

``Meta.shape`` names a structure of the API and ``Meta.fields`` which of its members are offered, in
order; ``one`` and ``many`` name the forms of nested structures. Types, limits and nesting are the
schema's; labels, help, widgets, what absence means (``absent``) and what stands beside a control
(``notes`` above it, ``more`` below it: templates) are ours. The HTML prefix of a form is the JSON
path of what it edits, joined by ``-``: what is said of a place finds its control with no table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.functional import cached_property

from distui.builder.forms.field_messages import FieldMessages
from distui.builder.forms.fields import MemberField, field_for
from distui.builder.forms.lazy_fields import LazyFields, SharedFields
from distui.builder.forms.rows import FormPart, MapRows, ShapeRows
from distui.core import Finding, Severity
from distui.core.findings import errors
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes

# What Meta declares by member, and the option of the field that takes it.
_OPTIONS = {
    "widgets": "widget",
    "choices": "choices",
    "absent": "absent",
    "notes": "note",
    "more": "more",
}


class ShapeFormMetaclass(DeclarativeFieldsMetaclass):
    """Makes a form's fields from the members that its ``Meta`` lists."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> type:
        """A form class. ``ImproperlyConfigured`` where ``Meta`` names what the API doesn't have."""
        made: Any = super().__new__(mcs, name, bases, attrs)
        meta = attrs.get("Meta")
        if meta and meta.shape:
            made.shape = shapes.shape(meta.shape)
            unknown = [member for member in meta.fields if member not in made.shape.members]
            if unknown:
                raise ImproperlyConfigured(f"{meta.shape} has no {', '.join(unknown)}.")
            made.base_fields = SharedFields(_fields(made.shape, meta) | made.declared_fields)
        return made  # type: ignore[no-any-return]


def _fields(shape: shapes.Shape, meta: Any) -> dict[str, forms.Field]:
    nested = {*getattr(meta, "one", {}), *getattr(meta, "many", {})}
    members = [shape.members[name] for name in meta.fields if name not in nested]
    return {member.name: _field(member, meta) for member in members if member.shape.kind != "map"}


def _field(member: shapes.Member, meta: Any) -> MemberField:
    options: dict[str, Any] = {
        "label": getattr(meta, "labels", {}).get(member.name),
        "help_text": getattr(meta, "help_texts", {}).get(member.name, ""),
    }
    for declared, option in _OPTIONS.items():
        if value := getattr(meta, declared, {}).get(member.name):
            options[option] = value
    return field_for(member, **options)


class ShapeForm(forms.Form, metaclass=ShapeFormMetaclass):
    """A form over one structure of the document.

    ``state`` is what the draft holds there, ``data`` a post. ``findings`` are shown at their
    controls. ``kept`` names, for a post that brings only some rows of an outermost list, that the
    other rows are taken from ``state``.
    """

    shape: ClassVar[shapes.Shape]
    fields: SharedFields | LazyFields  # type: ignore[assignment]  # Django has a dict

    class Meta:
        """What a subclass declares."""

        shape = ""
        fields: Sequence[str] = ()
        one: Mapping[str, type[ShapeForm]] = {}
        many: Mapping[str, type[ShapeForm]] = {}
        labels: Mapping[str, str] = {}
        help_texts: Mapping[str, str] = {}
        widgets: Mapping[str, forms.Widget] = {}
        choices: Mapping[str, Sequence[tuple[str, str]]] = {}
        absent: Mapping[str, str] = {}
        notes: Mapping[str, str] = {}
        more: Mapping[str, str] = {}
        summaries: Mapping[str, str] = {}

    def __init__(
        self,
        data: Any = None,
        *,
        path: Path = (),
        state: Any = None,
        findings: Sequence[Finding] = (),
        kept: bool = False,
    ) -> None:
        self.path = path
        self.state = state if isinstance(state, dict) else {}
        self.kept = kept
        self.findings = findings
        prefix = "-".join(map(str, path)) or None
        super().__init__(data, prefix=prefix, initial=self.state, use_required_attribute=False)
        if data is None:  # a post is read and never shown
            self.fields = LazyFields(self.fields, self._place)

    def _place(self, name: str, field: MemberField) -> None:
        """Tell the control which member it edits and what was found of it."""
        field.slot = slot = self._slot(name)
        help_text = f"{slot.id}_helptext " if field.help_text else ""
        field.widget.attrs |= {
            "data-pointer": slot.pointer,
            "aria-describedby": f"{help_text}{slot.id}_error",
        }
        if longest := field.longest:
            field.widget.attrs["data-longest"] = str(longest)
        field.needed = self.shape.members[name].required

    def _slot(self, name: str) -> FieldMessages:
        """Where stands what was found of that control's member."""
        place = pointer((*self.path, name))
        return FieldMessages(f"id_{self.add_prefix(name)}", place, _at(self.findings, place))

    @property
    def pointer(self) -> str:
        """The pointer of the structure that this form edits."""
        return pointer(self.path)

    @property
    def slot(self) -> FieldMessages:
        """Where stands what was found of the structure as a whole."""
        found = [finding for finding in self.findings if finding.pointer == self.pointer]
        return FieldMessages(self.prefix or "", self.pointer, found)

    @property
    def errors(self) -> Any:
        """What bars submitting, by field, so that Django marks the controls invalid.

        A ShapeForm itself refuses nothing.
        """
        if self.is_bound:
            return super().errors
        found = {name: self._slot(name).findings for name in self.fields}
        return {
            name: forms.utils.ErrorList([finding.message for finding in findings])
            for name, findings in found.items()
            if errors(findings)
        }

    def slots(self) -> Iterator[FieldMessages]:
        """Where findings stand on the page."""
        for name in self.Meta.fields:
            yield from self.member_slots(name)

    def member_slots(self, name: str) -> Iterator[FieldMessages]:
        """Those at the control, or in the nested part, that edits the member."""
        yield from [self._slot(name)] if name in self.fields else self.nested[name].slots()

    @cached_property
    def parts(self) -> list[Any]:
        """The controls and nested parts in the order of ``Meta.fields``."""
        return [self.part(name) for name in self.Meta.fields]

    def part(self, name: str) -> Any:
        """The control or the nested part that edits the member."""
        return self[name] if name in self.fields else self.nested[name]

    @cached_property
    def nested(self) -> dict[str, FormPart]:
        """The nested structures, lists of structures and maps, by member."""
        return {
            name: self._part(self.shape.members[name])
            for name in self.Meta.fields
            if name not in self.fields
        }

    def _part(self, member: shapes.Member) -> FormPart:
        labels = getattr(self.Meta, "labels", {})
        options: dict[str, Any] = {
            "member": member,
            "data": self.data if self.is_bound else None,
            "path": (*self.path, member.name),
            "state": self.state.get(member.name),
            "findings": self.findings,
            "label": labels.get(member.name, member.name),
            "help_text": getattr(self.Meta, "help_texts", {}).get(member.name, ""),
        }
        if form := getattr(self.Meta, "one", {}).get(member.name):
            return Structure(form, **options)
        if form := getattr(self.Meta, "many", {}).get(member.name):
            return ShapeRows(form, kept=self.kept, **options)
        if member.shape.kind == "map":
            return MapRows(**options)
        raise ImproperlyConfigured(f"{type(self).__name__} has no form for {member.name}.")

    def document(self) -> dict[str, Any]:
        """The structure's state as posted, or as given where nothing was posted."""
        if self.is_bound:
            read = {name: self._read(name, field) for name, field in self.fields.items()}
            values = {name: value for name, value in read.items() if value is not None}
        else:
            values = {name: self.state[name] for name in self.fields if name in self.state}
        inner = {name: part.document() for name, part in self.nested.items()}
        values |= {name: value for name, value in inner.items() if value is not None}
        return {name: values[name] for name in self.shape.members if name in values}

    def _read(self, name: str, field: MemberField) -> Any:
        """The value that was posted; the state's own where nobody has touched what shows it."""
        posted = self.data.get(self.add_prefix(name))
        value, was = field.to_python(posted), self.state.get(name)
        if was is None or was == value:
            return value
        return was if field.is_untouched(was, posted or "") else value

    def doubts(self) -> Iterator[Finding]:
        """What makes the meaning of a post doubtful: counters that contradict its rows."""
        for part in self.nested.values():
            yield from part.doubts()


class Structure(FormPart):
    """A nested structure, included or not."""

    partial = "builder/forms/_structure.html"

    def __init__(self, form: type[ShapeForm], **options: Any) -> None:
        super().__init__(**options)
        self._form = form

    @cached_property
    def form(self) -> ShapeForm:
        """The form of the structure."""
        return self._form(self.data, path=self.path, state=self.state, findings=self.findings)

    @property
    def included(self) -> bool:
        """Whether the document has it: a post says so by the structure's own hidden input."""
        if self.data is None:
            return self.state is not None
        return self.prefix in self.data or self.is_posted()

    def document(self) -> dict[str, Any] | None:
        """The structure, empty where nothing was filled in; None where it is excluded."""
        return self.form.document() if self.included else None

    def doubts(self) -> Iterator[Finding]:
        """Those of the structure, where it is included."""
        if self.included:
            yield from self.form.doubts()

    def slots(self) -> Iterator[FieldMessages]:
        """Its own, and those of its form where that is shown."""
        yield from super().slots()
        if self.included:
            yield from self.form.slots()


def _at(findings: Sequence[Finding], place: str) -> list[Finding]:
    """The findings of a member and of the items in it, which are named by their line.

    What a button has just done there (L109) comes first, so that it is never among those cut off.
    """
    found = [
        f if f.pointer == place else replace(f, message=f"Item {_line(f, place)}: {f.message}")
        for f in findings
        if f.pointer == place or f.pointer.startswith(place + "/")
    ]
    return sorted(found, key=lambda f: (f.rule != "L109", list(Severity).index(f.severity)))


def _line(finding: Finding, place: str) -> int:
    return int(finding.pointer.removeprefix(place + "/")) + 1
