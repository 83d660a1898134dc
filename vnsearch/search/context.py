"""What the words of a query mean to each other: which of them only ask, and which marks those lack that have none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final, NamedTuple

from ..text.questions import asking
from . import weights
from .leaves import Leaf, word_leaf
from .matching import Matcher
from .restoration import Marking, restore
from .slots import MarksPolicy

CERTAINTY: Final = 4
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

    @property
    def restored(self) -> Asked | None:
        """The query with these marks, each word counting as far as they are certain."""
        if not any(self.markings):
            return None
        leaves, shares = [], []
        for leaf, share, marking in zip(*self.asked, self.markings, strict=True):
            if marking is None:
                leaves.append(leaf)
                shares.append(0.0)
            else:
                leaves.append(word_leaf(marking.token, marking.token, MarksPolicy.EXACT, leaf.field))
                shares.append(share * weights.RESTORED * marking.probability**CERTAINTY)
        return Asked(tuple(leaves), tuple(shares))


def read_context(matcher: Matcher, leaves: Sequence[Leaf]) -> Context:
    """The context of the leaves of a query. Costs what `restore` costs, where the query lacks marks."""
    markings: list[Marking | None] = [None] * len(leaves)
    if matcher.policy in _OPEN:
        markings = []
        for single, run in groupby(leaves, key=lambda leaf: leaf.word is not None):
            held = list(run)
            slots = [leaf.word for leaf in held if leaf.word is not None]
            markings += restore(matcher.snapshot, slots) if single else [None] * len(held)
    shouted = " ".join(leaf.text for leaf in leaves).isupper()
    asks = asking([_spelled(leaf, marking, shouted) for leaf, marking in zip(leaves, markings, strict=True)])
    shares = [weights.QUESTION if only_asks else 1.0 for only_asks in asks]
    return Context(Asked(tuple(leaves), tuple(shares)), tuple(markings))


def _spelled(leaf: Leaf, marking: Marking | None, shouted: bool) -> str:
    """A leaf as a word that may ask; AI in capitals does not, unless all is in capitals."""
    if leaf.word is None or (len(leaf.text) > 1 and leaf.text.isupper() and not shouted):
        return ""
    return leaf.word.token if marking is None else marking.token
