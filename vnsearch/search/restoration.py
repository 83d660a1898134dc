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
from ..text.marks import Tier, is_bare, lacks_tones, marks, tier
from .slots import BODY, WordSlot, word_slot

SMOOTHING: Final = 20.0
"""As many sightings of a syllable's markings as they are frequent are added to what was seen behind another."""

UNSEEN: Final = 0.1
"""Markings that were not seen count as seen so often."""

SELDOM: Final = 0.05
KNOWN: Final = 20
"""A bare form of which so many markings are known, and fewer than this share without marks, is hardly written so."""

_TOGETHER: Final = 8
"""So many steps are taken before chances are scaled, lest they vanish. In a hundred million passages a step makes the
largest of them less by 10^17 at most; and chances from before and from behind are multiplied."""

Row = NDArray[np.float64]

Spellings = tuple[str, ...]
"""What a word may stand for."""


class Marking(NamedTuple):
    """The likeliest spelling of a syllable, and its probability among those that the syllable may have."""

    token: str
    probability: float


def share_unmarked(snapshot: Snapshot, tokens: Sequence[str]) -> float:
    """What share of the words of a query that should bear marks were typed, it seems, without: all, if none bears any;
    else of those that bear some and those that bear none but are hardly ever written so in the collection.

    Costs some look-ups for each bare word, the first time.
    """
    unmarked = [token for token in tokens if is_bare(token)]
    if len(unmarked) == len(tokens):
        return 1.0
    odd = sum(_is_odd(snapshot, token) for token in unmarked)
    return odd / (odd + len(tokens) - len(unmarked))


def lacks_only_tones(snapshot: Snapshot, tokens: Sequence[str]) -> bool:
    """Whether a query was typed with its vowel marks and without tones.

    It looks so (see `lacks_tones`), and of its bare words not more than a third are hardly ever written without vowel
    marks in the collection.
    """
    if not lacks_tones(tokens):
        return False
    odd = [_is_odd(snapshot, token, toned=True) for token in tokens if is_bare(token)]
    return 3 * sum(odd) <= len(odd)


def _is_odd(snapshot: Snapshot, token: str, toned: bool = False) -> bool:
    """Whether a bare word is hardly ever written so; with `toned` so or with a tone only."""

    def fits(form: str) -> bool:
        return is_bare(form) or (toned and marks(form).letters == marks(token).letters)

    def read() -> tuple[bool]:
        forms = snapshot.variants(BODY.field, bare(token))
        counts = _count(snapshot, forms)
        fitting = counts[[fits(form) for form in forms]].sum()
        return (bool(counts.sum() >= KNOWN and fitting < SELDOM * counts.sum()),)

    return snapshot.cache.get(("odd", token, toned), read)[0]


class _Word(NamedTuple):
    """The spellings that a word of a query may stand for, in how many records each stands (float64[forms]), and which
    of them bear no mark (bool[forms])."""

    slot: WordSlot
    forms: Spellings
    counts: Row
    bare: NDArray[np.bool_]

    def shares(self, snapshot: Snapshot) -> Row:
        """How frequent each spelling is, as a share of all passages; float64[forms]."""
        return (self.counts + UNSEEN) / max(snapshot.passages, 1)


class Last(NamedTuple):
    """The spellings of the last word of a row, in how many records each stands, and the probability of each by what
    stands before it; float64[forms] both."""

    forms: Spellings
    counts: Row
    chances: Row


def last_forms(snapshot: Snapshot, slots: Sequence[WordSlot]) -> Last:
    """What the last word of a row may stand for. Costs as much as `restore`."""
    words = [_read(snapshot, slot) for slot in slots]
    chances = _passed_on(words[0].shares(snapshot), _steps(snapshot, words))[-1]
    return Last(words[-1].forms, words[-1].counts, _scaled(chances))


def restore(snapshot: Snapshot, slots: Sequence[WordSlot], unmarked: float = 1.0) -> list[Marking]:
    """The likeliest spelling of each word of a row, of whose marks this share was left out.

    Costs a look-up for each two spellings that may be neighbours, the first time.
    """
    words = [_read(snapshot, slot) for slot in slots]
    if not words:
        return []
    first, steps = words[0].shares(snapshot), _steps(snapshot, words)
    if unmarked < 1:
        typed = [_typed(word, unmarked) for word in words]
        first = first * typed[0]
        steps = [step * chances for step, chances in zip(steps, typed[1:], strict=True)]
    forward = _passed_on(first, steps)
    backward = _passed_on(np.ones(len(words[-1].forms)), [step.T for step in reversed(steps)])
    found = []
    for word, before, behind in zip(words, forward, reversed(backward), strict=True):
        chances = _scaled(before * behind)
        best = int(chances.argmax())
        found.append(Marking(word.forms[best], float(chances[best])))
    return found


def _typed(word: _Word, unmarked: float) -> Row | float:
    """How likely each spelling is to be typed as a word was; float64[forms]."""
    return np.where(word.bare, 1.0, unmarked) if is_bare(word.slot.token) else 1.0


def _steps(snapshot: Snapshot, words: Sequence[_Word]) -> list[Row]:
    """The transitions from each word of a row to the next."""
    return [_transitions(snapshot, first, second) for first, second in pairwise(words)]


def _passed_on(first: Row, steps: Sequence[Row]) -> list[Row]:
    """Chances of the spellings of one word, and of those of each word after it by the steps to it: in proportion to
    their probabilities."""
    held = [first]
    for count, step in enumerate(steps, 1):
        chances = held[-1] @ step
        held.append(chances if count % _TOGETHER else _scaled(chances))
    return held


def _read(snapshot: Snapshot, slot: WordSlot) -> _Word:
    """The spellings that the collection holds and that a slot takes, with all the marks that were typed where any has
    them; the word itself where there are none."""
    own = word_slot(slot.token, slot.policy)  # without what else will do in its place

    def read() -> _Word:
        held = tuple(term for term, _ in own.terms(snapshot, BODY)) or (own.token,)
        forms = tuple(term for term in held if tier(own.token, term) is not Tier.POORER) or held
        return _Word(own, forms, _count(snapshot, forms), np.array([is_bare(form) for form in forms]))

    return snapshot.cache.get(("spellings", own), read)


def _count(snapshot: Snapshot, forms: Spellings) -> Row:
    """In how many records each spelling stands; float64[forms]."""
    return np.array([snapshot.frequency(BODY.field, form) for form in forms], dtype=np.float64)


def _transitions(snapshot: Snapshot, first: _Word, second: _Word) -> Row:
    """How likely each spelling of the second word is behind each of the first; float64[first, second]."""

    def read() -> tuple[Row]:
        pairs = snapshot.pair_frequencies(BODY.field, first.forms, second.forms)
        return ((pairs + SMOOTHING * second.shares(snapshot)) / (first.counts[:, None] + SMOOTHING),)

    return snapshot.cache.get(("transitions", first.slot, second.slot), read)[0]


def _scaled(chances: Row) -> Row:
    """Chances that add up to one."""
    return chances / max(float(chances.sum()), 1e-300)
