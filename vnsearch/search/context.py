"""What the words of a query mean to each other: which of them only ask, and which marks those lack that have none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import or_
from typing import Final, NamedTuple

from ..text.canonical import fold
from ..text.questions import MIN_LENGTH, asking
from . import weights
from .leaves import Leaf, with_marks
from .matching import Matcher
from .restoration import SELDOM, Marking, restore, share_unmarked
from .slots import MarksPolicy

CERTAINTY: Final = 2
"""The power of its probability by which a restored marking counts: what is doubtful counts for little."""

_OPEN: Final = (MarksPolicy.COMPATIBLE, MarksPolicy.TONELESS)


class Asked(NamedTuple):
    """The leaves that speak for a document, in the order of the query, and how much each counts."""

    leaves: tuple[Leaf, ...]
    shares: tuple[float, ...]


class Context(NamedTuple):
    """A query as asked, and its likeliest marks: the marking of each leaf, None for what is no single word, or where
    the query was typed with its marks."""

    asked: Asked
    markings: tuple[Marking | None, ...]

    def read_twice(self) -> tuple[Asked, Asked] | None:
        """The query as typed and the query with these marks; None where no marks were restored.

        A word with its marks counts as far as they are certain, and as it was typed by so much less.
        """
        if not any(self.markings):
            return None
        typed, restored, shares = [], [], []
        for leaf, share, marking in zip(*self.asked, self.markings, strict=True):
            certain = 0.0 if marking is None else weights.RESTORED * marking.probability**CERTAINTY
            marked = leaf if marking is None else with_marks(leaf, marking.token)
            typed.append((1 - certain) * share)
            restored.append(marked)
            shares.append(certain * share)
        return self.asked._replace(shares=tuple(typed)), Asked(tuple(restored), tuple(shares))


def read_context(matcher: Matcher, leaves: Sequence[Leaf]) -> Context:
    """The context of the leaves of a query. Costs what `restore` costs, where the query lacks marks."""
    markings: list[Marking | None] = [None] * len(leaves)
    if matcher.policy in _OPEN:
        markings = []
        words = [leaf.typed.token for leaf in leaves if leaf.typed is not None]
        unmarked = max(share_unmarked(matcher.snapshot, words), SELDOM)
        for single, run in groupby(leaves, key=lambda leaf: leaf.typed is not None):
            held = list(run)
            slots = [leaf.typed for leaf in held if leaf.typed is not None]
            markings += restore(matcher.snapshot, slots, unmarked) if single else [None] * len(held)
    if not any(markings) and len(leaves) < MIN_LENGTH:  # then nothing only asks
        return Context(Asked(tuple(leaves), (1.0,) * len(leaves)), tuple(markings))
    shouted = " ".join(leaf.text for leaf in leaves).isupper()
    asks = asking([_spelled(leaf, marking, shouted) for leaf, marking in zip(leaves, markings, strict=True)])
    if any(markings):
        # To a collection of statements bao nhieu may well be bao nhiều, so that its words cannot tell what asks.
        bare = [_unmarked(leaf, marking) for leaf, marking in zip(leaves, markings, strict=True)]
        asks = list(map(or_, asks, asking(bare, bare=True, least=2)))
    shares = [weights.QUESTION if only_asks else 1.0 for only_asks in asks]
    return Context(Asked(tuple(leaves), tuple(shares)), tuple(markings))


def _unmarked(leaf: Leaf, marking: Marking | None) -> str:
    """A leaf as a word that lacks its marks, if it does."""
    return "" if leaf.typed is None or marking is None else fold(leaf.typed.token)


def _spelled(leaf: Leaf, marking: Marking | None, shouted: bool) -> str:
    """A leaf as a word that may ask; AI in capitals does not, unless all is in capitals."""
    if leaf.typed is None or (len(leaf.text) > 1 and leaf.text.isupper() and not shouted):
        return ""
    return leaf.typed.token if marking is None else marking.token
