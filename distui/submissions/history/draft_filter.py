"""Search, order and archive of the list of drafts, read from the query string."""

from __future__ import annotations

import json

from django.db.models import Q, QuerySet
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
            found = found.filter(_matches(word))
        return found

    def _query(self, *, sort: str) -> str:
        values = {"q": self.q, "archived": "1" if self.archived else "", "sort": sort}
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in values.items() if value})
        return f"?{query.urlencode()}"


def _matches(word: str) -> Q:
    r"""Return the condition that a draft has the word, in upper or lower case.

    Its text is JSON in ASCII: to the database, ``\u00fc`` and ``\u00dc`` are not the same letter.
    """
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper()}
    texts = (Q(text__icontains=json.dumps(spelling)[1:-1]) for spelling in spellings)
    return Q(Q(name__icontains=word), *texts, _connector="OR")
