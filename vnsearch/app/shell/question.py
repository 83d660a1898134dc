"""What is asked of the index: a query with all that narrows and orders its results, as one value.

Every change makes a new value, so a change is taken back by asking the value before it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ...records import record
from ...search.parser import parse
from ...search.query import conjunction, write
from ..filtering import grouped

BY_SCORE: Final = "score"


@record(frozen=True, slots=True)
class Question:
    """A query, the queries that refine it, filters as (name, value), and an order as `Index.search` takes it.

    `like` is the id of a document: then what is asked for are documents like it, and the rest waits.
    """

    query: str = ""
    within: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    sort: str = BY_SCORE
    like: str = ""

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing."""
        return not (self.query or self.within or self.filters or self.like)

    def text(self, fields: Collection[str]) -> str:
        """The query and its refinements as one query that all must hold; `fields` may stand before a colon.

        They are joined as trees and written anew: joined as texts, an open quote would swallow what follows.

        >>> Question('tham nhũng OR "lãng phí', within=("đạo đức",)).text(())
        '(tham nhũng OR lãng phí) AND đạo đức'
        """
        if not self.within:
            return self.query
        roots = [parse(part, fields).root for part in (self.query, *self.within)]
        known = [root for root in roots if root is not None]
        return write(conjunction(known)) if known else ""

    def filtered(self) -> dict[str, str | list[str]]:
        """The filters as `Index.search` takes them."""
        return grouped(self.filters)
