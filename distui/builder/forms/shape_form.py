"""ShapeForms: forms over the schema, as ModelForms are forms over a model.

``Meta.shape`` names a structure of the API and ``Meta.fields`` the members that are offered, in
order. ``one`` and ``many`` name the forms of nested structures and of lists of structures. Types,
limits and nesting come from the schema; labels, help texts, widgets, ``empty_labels`` (what an
absent member means) and the templates ``before`` a field and ``after`` its control are ours.
The HTML prefix of a form is the JSON path of what it edits, joined by ``-``: a finding's pointer
leads to its control without a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.functional import cached_property

from distui.builder.forms.control_renderer import CONTROL_RENDERER
from distui.builder.forms.field_messages import FieldMessages
from distui.builder.forms.fields import MemberField, field_for
from distui.builder.forms.lazy_fields import LazyFields, SharedFields
from distui.builder.forms.parts import FormPart, MemberPart
from distui.builder.forms.post_data import PostedData
from distui.builder.forms.rows.list_rows import ShapeRows
from distui.builder.forms.rows.map_rows import MapRows
from distui.core import Finding, Severity
from distui.core.findings import errors
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes

# The names in Meta that map a member to an option of its field, and the option.
_FIELD_OPTIONS = {
    "widgets": "widget",
    "choices": "choices",
    "empty_labels": "empty_label",
    "before": "before",
    "after": "after",
}


class ShapeFormMetaclass(DeclarativeFieldsMetaclass):
    """Makes a form's fields from the members that its ``Meta`` lists."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> type:
        """Return the form class.

        Raises ``ImproperlyConfigured`` if ``Meta.fields`` has a name that the shape does not have.
        """
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
    for declared, option in _FIELD_OPTIONS.items():
        if value := getattr(meta, declared, {}).get(member.name):
            options[option] = value
    return field_for(member, **options)


class ShapeForm(FormPart, forms.Form, metaclass=ShapeFormMetaclass):
    """A form over one structure of the document.

    ``state`` is what the draft has at ``path``, ``data`` a post, and ``findings`` are shown at
    their controls. With ``partial``, a post has only some rows of an outermost list: the others
    are taken from ``state``.
    """

    default_renderer = CONTROL_RENDERER
    shape: ClassVar[shapes.Shape]  # type: ignore[misc]  # of all forms of a class
    fields: SharedFields | LazyFields  # type: ignore[assignment]  # Django has a dict

    class Meta:
        """The defaults of what a subclass declares."""

        shape = ""
        fields: Sequence[str] = ()
        one: Mapping[str, type[ShapeForm]] = {}
        many: Mapping[str, type[ShapeForm]] = {}
        labels: Mapping[str, str] = {}
        item_labels: Mapping[str, str] = {}
        help_texts: Mapping[str, str] = {}
        widgets: Mapping[str, forms.Widget] = {}
        choices: Mapping[str, Sequence[tuple[str, str]]] = {}
        empty_labels: Mapping[str, str] = {}
        before: Mapping[str, str] = {}
        after: Mapping[str, str] = {}

    def __init__(
        self,
        data: Any = None,
        *,
        path: Path = (),
        state: Any = None,
        findings: Sequence[Finding] = (),
        partial: bool = False,
    ) -> None:
        self.path = path
        self.given, self.state = state, state if isinstance(state, dict) else {}
        self.partial = partial
        self.findings = findings
        prefix = "-".join(map(str, path)) or None
        data = PostedData.of(data)
        super().__init__(data, prefix=prefix, initial=self.state, use_required_attribute=False)
        if data is None:  # a bound form is read and never rendered
            self.fields = LazyFields(self.fields, self._prepare_field)

    def _prepare_field(self, name: str, field: MemberField) -> None:
        """Set on the form's own copy of a field what depends on its place in the document."""
        field.messages = messages = self._messages_for(name)
        help_text = f"{messages.id}_helptext " if field.help_text else ""
        field.widget.attrs |= {
            "data-pointer": messages.pointer,
            "aria-describedby": f"{help_text}{messages.id}_error",
        }
        if max_length := field.max_length:
            field.widget.attrs["data-max-length"] = str(max_length)
        field.required = self.shape.members[name].required

    def _messages_for(self, name: str) -> FieldMessages:
        member_pointer = pointer((*self.path, name))
        found = _findings_at(member_pointer, self.findings)
        return FieldMessages(f"id_{self.add_prefix(name)}", member_pointer, found, by_line=True)

    @property
    def number(self) -> int:
        """Return the number of a row of a list, counted from one."""
        return int(self.path[-1]) + 1

    @cached_property
    def errors(self) -> Any:
        """Return the messages of severity error by field: Django marks these controls invalid.

        A ShapeForm itself rejects nothing.
        """
        if self.is_bound:
            return super().errors
        found = {name: errors(self._messages_for(name).findings) for name in self.fields}
        return {
            name: forms.utils.ErrorList([finding.message for finding in findings])
            for name, findings in found.items()
            if findings
        }

    def field_messages(self) -> Iterator[FieldMessages]:
        """Yield those of the structure, then those of its members."""
        yield self.messages
        for name in self.Meta.fields:
            yield from self.member_messages(name)

    def member_messages(self, name: str) -> Iterator[FieldMessages]:
        """Yield those of the control, or of the nested part, that edits the member."""
        if name in self.fields:
            yield self._messages_for(name)
        else:
            yield from self.nested[name].field_messages()

    @cached_property
    def parts(self) -> list[Any]:
        """Return the bound fields and nested parts, in the order of ``Meta.fields``."""
        return [self.part(name) for name in self.Meta.fields]

    def part(self, name: str) -> Any:
        """Return the bound field or the nested part that edits the member."""
        return self[name] if name in self.fields else self.nested[name]

    @cached_property
    def nested(self) -> dict[str, MemberPart]:
        """Return the nested structures, lists of structures and maps, by member name."""
        return {
            name: self._nested_part(self.shape.members[name])
            for name in self.Meta.fields
            if name not in self.fields
        }

    def _nested_part(self, member: shapes.Member) -> MemberPart:
        name, meta = member.name, self.Meta
        label = getattr(meta, "labels", {}).get(name, name)
        options: dict[str, Any] = {
            "member": member,
            "data": self.data if self.is_bound else None,
            "path": (*self.path, name),
            "state": self.state.get(name),
            "findings": self.findings,
            "label": label,
            "item_label": getattr(meta, "item_labels", {}).get(name, label),
            "help_text": getattr(meta, "help_texts", {}).get(name, ""),
        }
        if form := getattr(meta, "one", {}).get(name):
            return Structure(form, **options)
        if form := getattr(meta, "many", {}).get(name):
            names = form.Meta.fields
            return ShapeRows(form, field_names=names, partial=self.partial, **options)
        if member.shape.kind == "map":
            return MapRows(**options)
        raise ImproperlyConfigured(f"{type(self).__name__} has no form for {name}.")

    def document(self) -> Any:
        """Return the structure's state as posted; without a post, the given state.

        Members that the form does not know are those of the given state. If nothing was filled in,
        a state of another type is kept as a whole.
        """
        if self.is_bound:
            read = {name: self._read(name, field) for name, field in self.fields.items()}
            values = {name: value for name, value in read.items() if value is not None}
        else:
            values = {name: self.state[name] for name in self.fields if name in self.state}
        inner = {name: part.document() for name, part in self.nested.items()}
        values |= {name: value for name, value in inner.items() if value is not None}
        if not values and self.given is not None and not isinstance(self.given, dict):
            return self.given
        known = {name: values[name] for name in self.shape.members if name in values}
        members = self.shape.members
        return known | {name: item for name, item in self.state.items() if name not in members}

    def _read(self, name: str, field: MemberField) -> Any:
        """Return the posted value, or the value of the state if its control is untouched."""
        posted = self.data.get(self.add_prefix(name))
        value, current = field.to_python(posted), self.state.get(name)
        if current is None or current == value:
            return value
        return current if field.is_untouched(current, posted or "") else value

    def integrity_errors(self) -> Iterator[Finding]:
        """Yield those of all nested parts."""
        for part in self.nested.values():
            yield from part.integrity_errors()


class Structure(MemberPart):
    """A nested structure, which the document has or not."""

    template = "builder/forms/_structure.html"

    def __init__(self, form: type[ShapeForm], **options: Any) -> None:
        super().__init__(**options)
        self._form = form

    @cached_property
    def form(self) -> ShapeForm:
        """Return the form of the structure."""
        return self._form(self.data, path=self.path, state=self.state, findings=self.findings)

    @property
    def included(self) -> bool:
        """Return True if the document has the structure. A post has a hidden input for it."""
        if self.data is None:
            return self.state is not None
        return self.prefix in self.data or self.is_posted()

    def document(self) -> Any:
        """Return the structure, empty if nothing is filled in; None if it is not included."""
        return self.form.document() if self.included else None

    def integrity_errors(self) -> Iterator[Finding]:
        """Yield those of the form, if the structure is included."""
        return self.form.integrity_errors() if self.included else iter(())

    def field_messages(self) -> Iterator[FieldMessages]:
        """Yield those of the form if the structure is included, else only its own."""
        return self.form.field_messages() if self.included else super().field_messages()


def _findings_at(member_pointer: str, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings of a member and of the items in it, the most severe first.

    The result of a button (L109) comes first, so that it is always among those that are shown.
    """
    start = f"{member_pointer}/"
    found = [f for f in findings if f.pointer == member_pointer or f.pointer.startswith(start)]
    results = [finding for finding in found if finding.rule == "L109"]
    others = [finding for finding in found if finding.rule != "L109"]
    return [*results, *(f for severity in Severity for f in others if f.severity is severity)]
