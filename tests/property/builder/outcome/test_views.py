"""The outcome's table of any document."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given

from distui.builder.outcome.table import region_rows
from distui.core.forecast import forecast
from tests.strategies import documents


@given(documents())
def test_the_table_has_every_ami(document):
    found = forecast(document, datetime.now(UTC))
    for group, part in zip(region_rows(found), found.regions, strict=True):
        rows = [row for row in group.rows if row.resource == "AMI" or "AMI cop" in row.resource]
        owners = [owner for row in rows for owner in row.account.codes or ("",)]
        assert owners == [ami.owner for ami in part.amis]
        names = {name for row in rows for name in row.name.codes}
        assert group.more == 0
        assert names == {ami.name or found.build_date for ami in part.amis}
    others = [row.resource for group in region_rows(found) for row in group.rows]
    assert others.count("SSM parameter") == found.totals.parameters
    assert others.count("Launch template version") == found.totals.templates
    assert others.count("Container image") == found.totals.images
