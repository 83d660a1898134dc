"""Which marks did somebody mean who typed none?

The collection tells: how often each marking of a syllable stands in it, and how often each before each of the next. A
row of syllables is a hidden Markov chain whose states are markings, and the forward-backward algorithm (Rabiner, *A
tutorial on hidden Markov models*, 1989) gives the probability of each marking at its place. Transitions seen seldom are
eked out with the frequencies of single markings (Dirichlet smoothing, Zhai and Lafferty 2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.snapshot import Snapshot
from ..text.canonical import bare
from ..text.marks import is_bare
from .slots import BODY, WordSlot, word_slot

SMOOTHING: Final = 20.0
"""As many sightings of a syllable's markings as they are frequent are added to what was seen behind another."""

UNSEEN: Final = 0.1
"""Markings that were not seen count as seen so often."""

SELDOM: Final = 0.05
KNOWN: Final = 20
"""A bare form of which so many markings are known, and fewer than this share without marks, is hardly written so."""

Row = NDArray[np.float64]


class Marking(NamedTuple):
    """The likeliest spelling of a syllable, and its probability among those that the syllable may have."""

    token: str
    probability: float


class WordForms(NamedTuple):
    """A word and the spellings that it may stand for."""

    token: str
    forms: tuple[str, ...]


def lacks_marks(snapshot: Snapshot, tokens: Sequence[str]) -> bool:
    """Whether a query was typed, at least in part, without its marks: none of it bears any, or a word that bears none
    is hardly ever written so in the collection. Costs some look-ups for each bare word, the first time."""
    unmarked = [token for token in tokens if is_bare(token)]
    return len(unmarked) == len(tokens) or any(_is_odd(snapshot, token) for token in unmarked)


def _is_odd(snapshot: Snapshot, token: str) -> bool:
    """Whether a bare word is hardly ever written so."""

    def read() -> tuple[NDArray[np.bool_]]:
        word = WordForms(token, snapshot.variants(BODY.field, bare(token)))
        counts = _counts(snapshot, word)
        unmarked = counts[[is_bare(form) for form in word.forms]].sum()
        return (np.array([counts.sum() >= KNOWN and unmarked < SELDOM * counts.sum()]),)

    return bool(snapshot.cache.get(("odd", token), read)[0])


def last_forms(snapshot: Snapshot, slots: Sequence[WordSlot]) -> tuple[tuple[str, ...], Row]:
    """The spellings of the last word of a row, and the probability of each by what stands before it; float64[forms]."""
    words = [_forms(snapshot, slot) for slot in slots]
    chances = _scaled(_shares(snapshot, words[0]))
    for first, second in pairwise(words):
        chances = _scaled(chances @ _transitions(snapshot, first, second))
    return words[-1].forms, chances


def restore(snapshot: Snapshot, slots: Sequence[WordSlot]) -> list[Marking]:
    """The likeliest spelling of each word of a row. Costs a look-up for each two spellings that may be neighbours."""
    words = [_forms(snapshot, slot) for slot in slots]
    if not words:
        return []
    singles = [_shares(snapshot, word) for word in words]
    steps = [_transitions(snapshot, first, second) for first, second in pairwise(words)]
    forward = [_scaled(singles[0])]
    for step in steps:
        forward.append(_scaled(forward[-1] @ step))
    backward = [np.ones(len(singles[-1]))]
    for step in reversed(steps):
        backward.append(_scaled(step @ backward[-1]))
    found = []
    for word, before, behind in zip(words, forward, reversed(backward), strict=True):
        chances = _scaled(before * behind)
        best = int(chances.argmax())
        found.append(Marking(word.forms[best], float(chances[best])))
    return found


def _forms(snapshot: Snapshot, slot: WordSlot) -> WordForms:
    """The spellings that the collection holds and that a slot takes; the word itself where there are none."""
    own = word_slot(slot.token, slot.policy)  # without what else will do in its place
    forms = tuple(term for term, _ in own.terms(snapshot, BODY))
    return WordForms(slot.token, forms or (slot.token,))


def _counts(snapshot: Snapshot, word: WordForms) -> Row:
    """In how many records each spelling stands; float64[forms]."""

    def read() -> tuple[Row]:
        return (np.array([snapshot.frequency(BODY.field, form) for form in word.forms], dtype=np.float64),)

    return snapshot.cache.get(("counts", word.forms), read)[0]


def _shares(snapshot: Snapshot, word: WordForms) -> Row:
    """How frequent each spelling is, as a share of all passages; float64[forms]."""
    return (_counts(snapshot, word) + UNSEEN) / max(snapshot.passages, 1)


def _transitions(snapshot: Snapshot, first: WordForms, second: WordForms) -> Row:
    """How likely each spelling of the second word is behind each of the first; float64[first, second]."""

    def read() -> tuple[Row]:
        pairs = snapshot.pair_frequencies(BODY.field, first.forms, second.forms)
        return ((pairs + SMOOTHING * _shares(snapshot, second)) / (_counts(snapshot, first)[:, None] + SMOOTHING),)

    return snapshot.cache.get(("transitions", first.forms, second.forms), read)[0]


def _scaled(chances: Row) -> Row:
    """Chances that add up to one."""
    return chances / max(float(chances.sum()), 1e-300)
