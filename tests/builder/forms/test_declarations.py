"""Forms over the schema: every member is offered, and documents survive a round trip."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.loader import render_to_string

from distui.builder.forms.declarations import NOT_OFFERED, RequestForm
from distui.builder.forms.shape_form import ShapeForm
from distui.core.schema import shapes
from tests.html_forms import rendered_post


def rendered(form) -> str:
    """Render the whole form with the editor's partials, every Region open."""
    return render_to_string("builder/forms/_shape.html", {"parts": form.parts, "where": ""})


def test_every_api_member_is_offered_or_excluded():
    offered = {
        f"{form.shape.name}.{member}"
        for form in nested_forms(RequestForm)
        for member in form.Meta.fields
    }
    members = {f"{name}.{member}" for name in structures() for member in shapes.shape(name).members}
    assert members - offered == set(NOT_OFFERED)
    assert all(NOT_OFFERED.values())


def nested_forms(form: type[ShapeForm]) -> Iterator[type[ShapeForm]]:
    """Yield the form and all forms inside it."""
    yield form
    for inner in {**getattr(form.Meta, "one", {}), **getattr(form.Meta, "many", {})}.values():
        yield from nested_forms(inner)


def structures() -> list[str]:
    """Return the names of the request's structures."""
    definitions = shapes.schema()["$defs"]
    return [name for name, found in definitions.items() if "properties" in found]


def test_every_control_has_the_pointer_of_its_member():
    state = {
        "tags": {"Team": "platform"},
        "distributions": [{"region": "eu-west-1", "amiDistributionConfiguration": {}}],
    }
    html = rendered(RequestForm(state=state))
    pointer = "/distributions/0/amiDistributionConfiguration/name"
    assert f'data-pointer="{pointer}"' in html
    assert 'data-pointer="/tags" data-part="key" data-row="0"' in html
    assert 'data-action="exclude" data-pointer="/distributions/0/amiDistri' in html.replace(
        "\n       ", ""
    ).replace("  ", " ")


def test_an_empty_included_structure_is_retained():
    document = {"distributions": [{"amiDistributionConfiguration": {"launchPermission": {}}}]}
    post = rendered_post(rendered(RequestForm(state=document)))
    assert RequestForm(post).document() == document


def test_a_blank_added_row_is_retained():
    document = {"distributions": [{"launchTemplateConfigurations": [{}, {}]}]}
    post = rendered_post(rendered(RequestForm(state=document)))
    assert RequestForm(post).document() == document


AWKWARD = {
    "name": "  x  ",
    "description": "  \n ",
    "distributions": [
        {
            "region": " us-east-1",
            "amiDistributionConfiguration": {
                "name": " ",
                "description": "one\r\ntwo\rthree",
                "targetAccountIds": ["1\n2", "3, 4", " "],
                "amiTags": [["k\r\n", "v\r\n"], ["", "x\ny"]],
                "launchPermission": {"organizationArns": ["arn:x, arn:y"]},
            },
            "licenseConfigurationArns": [" a ", ""],
            "launchTemplateConfigurations": [{"launchTemplateId": "lt-1\n", "accountId": ""}],
        }
    ],
    "tags": {"B\n": "x\ny", "C ": " "},
}


def test_untouched_controls_keep_imported_values():
    post = rendered_post(rendered(RequestForm(state=AWKWARD)))
    assert RequestForm(post, state=AWKWARD, partial=True).document() == AWKWARD
    post["description"] = "typed"
    typed = RequestForm(post, state=AWKWARD, partial=True).document()
    assert typed == AWKWARD | {"description": "typed"}


def test_touched_controls_are_read_as_typed():
    post = rendered_post(rendered(RequestForm(state=AWKWARD)))
    post["name"] = "x  "
    post["tags-0-value"] += "!"
    typed = RequestForm(post, state=AWKWARD, partial=True).document()
    assert (typed["name"], typed["tags"]) == ("x", {"B": "xy!", "C ": " "})
