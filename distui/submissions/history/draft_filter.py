"""Search, order and archive of the list of drafts, read from the query string."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import QueryDict

from distui.builder.models import Draft

_ORDERS = {"": "-updated_at", "name": "name"}
_LONGEST = 200  # characters of a search


class DraftFilter:
    """The search ``q``, the order ``sort`` (``name``, else the newest first) and ``archived``.

    Each word of the search has to be in the draft's name or in its text: its Regions, accounts
    and descriptions are found too.
    """

    def __init__(self, parameters: QueryDict) -> None:
        self.q = parameters.get("q", "")[:_LONGEST].strip()
        self.sort = "name" if parameters.get("sort") == "name" else ""
        self.archived = bool(parameters.get("archived"))

    @property
    def order(self) -> str:
        """Return the field that the drafts are ordered by."""
        return _ORDERS[self.sort]

    @property
    def is_active(self) -> bool:
        """Return True if drafts may be hidden by it."""
        return bool(self.q or self.archived)

    @property
    def by_name(self) -> str:
        """Return the query string of the same drafts, by name."""
        return self._query(sort="name")

    @property
    def by_time(self) -> str:
        """Return the query string of the same drafts, the newest first."""
        return self._query(sort="")

    def apply(self, drafts: QuerySet[Draft]) -> QuerySet[Draft]:
        """Return the drafts that match."""
        found = drafts.filter(archived=self.archived)
        for word in self.q.split():
            found = found.filter(text__icontains=word)
        return found

    def _query(self, *, sort: str) -> str:
        values = {"q": self.q, "archived": "1" if self.archived else "", "sort": sort}
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in values.items() if value})
        return f"?{query.urlencode()}"
