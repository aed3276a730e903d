"""A draft of three Regions, and readers of the page that copies one."""

from __future__ import annotations

from html.parser import HTMLParser

from distui.builder.models import Draft

ACCOUNT = "310987654321"


KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"


STATE = {
    "name": "golden",
    "distributions": [
        {"region": "us-east-1", "amiDistributionConfiguration": {"name": "own"}},
        {
            "region": "eu-west-1",
            "amiDistributionConfiguration": {"name": "x", "kmsKeyId": KEY},
            "launchTemplateConfigurations": [{"launchTemplateId": "lt-1"}],
        },
        {"region": "ap-east-1"},
    ],
}


SOURCE = "/distributions/1"


AMI = f"{SOURCE}/amiDistributionConfiguration"


class _Boxes(HTMLParser):
    """The values of all checkboxes, of the checked and of the disabled ones."""

    def __init__(self, html):
        super().__init__()
        self.all, self.checked, self.disabled = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "input" and found.get("type") == "checkbox":
            self.all.append(found["value"])
            for name in ("checked", "disabled"):
                if name in found:
                    getattr(self, name).append(found["value"])


def boxes(answer):
    return _Boxes(answer.content.decode())


def codes(draft):
    return [item.get("region", "") for item in draft.state["distributions"]]


def shown_messages(answer):
    return [str(message) for message in answer.wsgi_request._messages]


def save_in_another_window(draft, *regions):
    """Save the draft as another window would."""
    items = {item["region"]: item for item in draft.state["distributions"]}
    new = {"name": "golden", "distributions": [items.get(r, {"region": r}) for r in regions]}
    Draft.objects.get(pk=draft.pk).save_state(new, revision=1)
