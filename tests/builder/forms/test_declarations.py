"""Forms over the schema: every member offered, and every document given back as it was."""

from __future__ import annotations

from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings

from distui.builder.forms import declarations
from distui.builder.forms.declarations import NOT_OFFERED, RequestForm
from distui.builder.forms.shape_form import ShapeForm
from distui.core.schema import shapes
from tests.html_forms import rendered_post
from tests.strategies import documents


def rendered(form) -> str:
    """The whole form as the editor's partials render it, every Region open."""
    return render_to_string("builder/forms/_shape.html", {"parts": form.parts, "where": ""})


def test_every_member_of_the_api_is_offered_or_excused():
    offered = {
        f"{form.shape.name}.{member}"
        for form in vars(declarations).values()
        if isinstance(form, type) and issubclass(form, ShapeForm) and form is not ShapeForm
        for member in form.Meta.fields
    }
    members = {f"{name}.{member}" for name in structures() for member in shapes.shape(name).members}
    assert members - offered == set(NOT_OFFERED)
    assert all(NOT_OFFERED.values())


def structures() -> list[str]:
    """The names of the request's structures."""
    definitions = shapes.schema()["$defs"]
    return [name for name, found in definitions.items() if "properties" in found]


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_a_form_posted_back_as_it_was_rendered_gives_the_same_document(document):
    post = rendered_post(rendered(RequestForm(state=document)))
    form = RequestForm(post)
    assert list(form.doubts()) == []
    assert form.document() == document


def test_every_control_names_the_member_that_it_edits():
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


def test_an_included_structure_with_nothing_in_it_stays():
    document = {"distributions": [{"amiDistributionConfiguration": {"launchPermission": {}}}]}
    post = rendered_post(rendered(RequestForm(state=document)))
    assert RequestForm(post).document() == document


def test_a_blank_row_that_somebody_added_stays():
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


def test_what_nobody_touched_stays_as_it_was_imported():
    post = rendered_post(rendered(RequestForm(state=AWKWARD)))
    assert RequestForm(post, state=AWKWARD, kept=True).document() == AWKWARD
    post["description"] = "typed"
    typed = RequestForm(post, state=AWKWARD, kept=True).document()
    assert typed == AWKWARD | {"description": "typed"}


def test_what_somebody_touched_is_read_as_it_is_typed():
    post = rendered_post(rendered(RequestForm(state=AWKWARD)))
    post["name"] = "x  "
    post["tags-0-value"] += "!"
    typed = RequestForm(post, state=AWKWARD, kept=True).document()
    assert (typed["name"], typed["tags"]) == ("x", {"B": "xy!", "C ": " "})
