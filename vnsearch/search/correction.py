"""A row of words as typed -> the row that was probably meant, by what the collection holds.

This is the noisy channel (Kernighan, Church and Gale, *A spelling correction program based on a noisy channel model*,
1990): of all rows of terms the one is wanted for which

    log P(row, in this collection) - cost of the slips that make of it what was typed

is highest. The costs are those of `text.confusions`. The row is a chain of pairs: P(term | term before) is the share of
the passages with the one in which the other stands right behind it, smoothed towards how frequent the other is at all,
the more so the more different terms stand there (method C of Witten and Bell, *The zero-frequency problem*, 1991). So a
pair that was never seen is no fault where the first of the two goes with anything.

What may have been meant is laid out as a lattice. Its nodes are places in the row: between words, and inside a word
that may be several without a space. An edge leads from one to another and carries one term: a word as typed, with other
marks, with a slip of letters, decoded from keystrokes; the part of a word (tutuong); or several words together (ngh ị).
The best row is found from left to right (Viterbi), keeping the best terms at each node.

What the search would match as typed is no slip, and costs nothing. So a row that is typed right, however few its marks,
is its own correction: every other pays the cost of a slip, in which the margin is counted.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.snapshot import Snapshot
from ..text.canonical import bare, canonical, key
from ..text.confusions import ANOTHER, MARGIN, Spelling, is_shaped, mark_cost, respellings, taken_apart
from ..text.keystrokes import telex, vni
from .leaves import MAX_GLUED
from .slots import BODY, TITLE, MarksPolicy, mark_weight

FIELDS: Final = (BODY.field, TITLE.field)

SPACE: Final = 3.0 + MARGIN
"""The cost of a space too many or missing."""

AGAIN: Final = 1.0
"""The cost of each further space that one word lacks: who left out one left out others."""

KEYS: Final = 1.0 + MARGIN
"""The cost of an input method that was off."""

NAME: Final = 3.0
"""What a slip costs more in a word that is no syllable, but that the collection holds."""

MOST: Final = 14.0
"""What costs more was not meant."""

WIDTH: Final = 24
"""How many terms are kept for a word."""

NARROW: Final = 12
"""How many terms are kept for a part of a word."""

BEAM: Final = 10.0
"""How far behind the best row up to a node another may be; what follows seldom makes up for more."""

_UNKNOWN: Final = 1e-10
"""The frequency of what the collection does not hold: so low that nearly any correction is likelier."""

_FEWEST: Final = 1e4
"""A collection is taken to have at least so many tokens: in a handful of sentences every word is frequent."""

_TOGETHER: Final = 3
"""So many words may be parts of one."""

_LONGEST: Final = 7
"""The letters of the longest syllable, nghiêng."""

_NUMERAL: Final = re.compile(r"m*(c[md]|d?c{0,3})(x[cl]|l?x{0,3})(i[xv]|v?i{0,3})")
"""A Roman numeral, which like a number in digits is not mistaken for its neighbour."""

Node = tuple[int, int]
"""A place in a row: before which token, and behind how many characters of it."""


class Meant(NamedTuple):
    """The terms that tokens `first` up to `last` of a row were probably meant to be, and whether these are others than
    the search would find as typed."""

    first: int
    last: int
    terms: tuple[str, ...]
    changed: bool


class _Reading(NamedTuple):
    """What a stretch of the row may have meant: a term, what the slips cost, whether the search would find the term as
    typed, and where the row goes on."""

    term: str
    cost: float
    found: bool
    end: Node


class _State(NamedTuple):
    """A row of terms up to a node: its score, its last reading, and the row before that; both are None at the start."""

    score: float
    reading: _Reading | None = None
    before: _State | None = None


def correct(snapshot: Snapshot, row: Sequence[str], policy: MarksPolicy, unmarked: bool) -> list[Meant] | None:
    """What was probably meant by a row of canonical tokens, all of it; None where a word remains that the collection
    does not hold.

    `policy` says which marks the search accepts. `unmarked`: the query bears no mark, so that none was meant to be
    there. Costs a few milliseconds a token, whatever the size of the collection.
    """
    readings: list[_Reading] = []
    state: _State | None = _Lattice(snapshot, row, policy, unmarked).best()
    while state is not None and state.reading is not None:
        readings.append(state.reading)
        state = state.before
    readings.reverse()
    held = (any(snapshot.frequency(field, reading.term) for field in FIELDS) for reading in readings)
    return list(_by_token(readings)) if all(held) else None


def _by_token(readings: list[_Reading]) -> Iterator[Meant]:
    first = 0
    terms: list[str] = []
    for term, _, found, (token, inside) in readings:
        terms.append(term)
        if not inside:
            yield Meant(first, token, tuple(terms), not found)
            first, terms = token, []


class _Counts:
    """How often terms and pairs of terms stand in a collection; deleted documents still count."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        averages = snapshot.averages
        self._tokens = max(_FEWEST, snapshot.passages * averages["body"] + snapshot.documents * averages["title"])
        self.variants = snapshot.written

    def near(self, form: str) -> Iterator[str]:
        """The terms whose bare form is one edit away from one."""
        for other in set().union(*(self._snapshot.near(field, form) for field in FIELDS)):
            yield from self.variants(other)

    def count(self, term: str) -> int:
        """The records that hold a term."""
        return self.variants(bare(term)).get(term, 0)

    def share(self, term: str) -> float:
        """How frequent a term is, among all tokens; one that is not held the less, the longer it is than a syllable."""
        count = self.count(term)
        return count / self._tokens if count else _UNKNOWN * 0.1 ** max(0, len(term) - _LONGEST)

    def likelihood(self, terms: Sequence[str], before: Sequence[str]) -> NDArray[np.float64]:
        """log P(term | term before), float64[before, terms]."""
        pairs = np.zeros((len(before), len(terms)))
        followers = np.zeros(len(before))
        for field in FIELDS:
            pairs += self._snapshot.pair_frequencies(field, before, terms)
            followers += [self._snapshot.followers(field, term) for term in before]
        counts = np.array([self.count(term) for term in before], dtype=np.float64)[:, None]
        unseen = np.maximum(followers, 1.0)[:, None]
        shares = np.array([self.share(term) for term in terms])
        found: NDArray[np.float64] = np.log((pairs + unseen * shares) / (counts + unseen))
        return found


class _Lattice:
    """All that a row may have meant."""

    def __init__(self, snapshot: Snapshot, row: Sequence[str], policy: MarksPolicy, unmarked: bool) -> None:
        self._row = row
        self._policy = policy
        self._unmarked = unmarked
        self._counts = _Counts(snapshot)

    def best(self) -> _State:
        """The likeliest way through."""
        states: dict[Node, list[_State]] = defaultdict(list)
        states[0, 0] = [_State(0.0)]
        for node in self._nodes():
            arrived = sorted(states.pop(node, ()), key=lambda state: -state.score)[: NARROW if node[1] else WIDTH]
            arrived = [state for state in arrived if state.score > arrived[0].score - BEAM]
            for state in self._extended(arrived, list(self._readings(*node))) if arrived else ():
                assert state.reading is not None
                states[state.reading.end].append(state)
        return max(states[len(self._row), 0], key=lambda state: state.score)

    def _nodes(self) -> Iterator[Node]:
        for place, token in enumerate(self._row):
            yield from ((place, inside) for inside in range(max(1, min(len(token), MAX_GLUED))))

    def _extended(self, states: list[_State], readings: list[_Reading]) -> Iterator[_State]:
        """The best way to each reading."""
        if not readings:
            return
        terms = [reading.term for reading in readings]
        before = [state.reading.term for state in states if state.reading is not None]
        likelihood = self._counts.likelihood(terms, before) if before else np.log([[*map(self._counts.share, terms)]])
        scores = np.array([state.score for state in states])[:, None] + likelihood
        for j, i in enumerate(scores.argmax(axis=0).tolist()):
            yield _State(float(scores[i, j]) - readings[j].cost, readings[j], states[i])

    def _readings(self, place: int, inside: int) -> Iterator[_Reading]:
        """The edges that begin at a node."""
        token = self._row[place]
        if not inside:
            yield from self._whole(place)
            yield from self._together(place)
        if inside or (not is_shaped(token) and len(token) <= MAX_GLUED):
            yield from self._parts(place, inside)

    def _whole(self, place: int) -> Iterator[_Reading]:
        """A word for a word; that which was typed, at least."""
        token = self._row[place]
        best = {token: (0.0, True)} if not self._counts.count(token) else {}
        for term, cost, found in self._meanings(token):
            if cost <= MOST and (term not in best or cost < best[term][0]):
                best[term] = cost, found
        for term in self._likeliest({term: cost for term, (cost, _) in best.items()}, WIDTH, token):
            yield _Reading(term, *best[term], (place + 1, 0))

    def _likeliest(self, costs: dict[str, float], count: int, always: str = "") -> list[str]:
        """The likeliest of some terms by what they cost, and one that is kept anyway."""
        ranked = sorted(costs, key=lambda term: costs[term] - math.log(self._counts.share(term)))
        return ranked[:count] + [term for term in ranked[count:] if term == always]

    def _meanings(self, token: str) -> Iterator[tuple[str, float, bool]]:
        """The terms that one word may stand for, what each costs, and whether the search would find it as typed."""
        typed = taken_apart(token)
        for term in self._counts.variants(bare(token)):
            yield term, self._marks(typed, term), mark_weight(token, term, self._policy) > 0
        if _NUMERAL.fullmatch(token) and not is_shaped(token):
            return
        slips = list(self._slips(token))
        decoded = [*filter(None, (telex(token), vni(token)))]
        for syllable in decoded:
            slips += [(term, KEYS + cost) for term, cost in self._fitting(canonical(syllable))]
        if not slips and not is_shaped(token) and token.isalpha() and len(token) <= MAX_GLUED:
            slips = [(term, ANOTHER) for term in self._counts.near(bare(token))]
        # What is no syllable and yet stands in the collection is a name or an abbreviation.
        more = NAME if not is_shaped(token) and self._counts.count(token) else 0.0
        for term, cost in slips:
            yield term, cost + more, False

    def _slips(self, token: str) -> Iterator[tuple[str, float]]:
        """The terms that one slip of letters, and slips of marks, make of a token."""
        for respelled, slip in respellings(token):
            for term in self._counts.variants(key(respelled.letters)):
                yield term, slip + self._marks(respelled, term)

    def _fitting(self, token: str) -> Iterator[tuple[str, float]]:
        """The terms that the search would take for a token, and what their marks cost."""
        typed = taken_apart(token)
        for term in self._counts.variants(bare(token)):
            if mark_weight(token, term, self._policy) > 0:
                yield term, self._marks(typed, term)

    def _marks(self, typed: Spelling, term: str) -> float:
        """What it costs that marks were typed as they were."""
        if self._unmarked:
            return 0.0
        cost = mark_cost(typed, term, toneless=self._policy is MarksPolicy.TONELESS)
        return MOST if cost is None else cost

    def _together(self, place: int) -> Iterator[_Reading]:
        """Several words for one."""
        for last in range(place + 2, min(place + _TOGETHER, len(self._row)) + 1):
            glued = canonical("".join(self._row[place:last]))
            if len(glued) <= MAX_GLUED:
                for term, cost in self._fitting(glued):
                    yield _Reading(term, cost + SPACE * (last - place - 1), False, (last, 0))

    def _parts(self, place: int, begin: int) -> Iterator[_Reading]:
        """A part of a word that begins at a character of it, ended wherever a syllable can end."""
        token = self._row[place]
        for end in range(begin + 1, min(len(token), begin + _LONGEST) + 1):
            part = canonical(token[begin:end])
            if (begin, end) != (0, len(token)) and is_shaped(part):
                costs = dict(self._fitting(part))
                behind, space = ((place, end), AGAIN if begin else SPACE) if end < len(token) else ((place + 1, 0), 0.0)
                for term in self._likeliest(costs, NARROW):
                    yield _Reading(term, costs[term] + space, False, behind)
