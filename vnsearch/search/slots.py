"""One place of a query: which indexed tokens may stand there, and how well each fits.

A leaf of the query tree becomes *readings*; a reading is a row of slots to be found side by side and in order. `TP.HCM`
has the readings [tp hcm] and [tphcm]; `tphcm` has [tphcm] and, where the collection knows both parts, [tp hcm]. A slot
gives every token a weight between 0 (does not fit) and 1 (is what was typed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple, Protocol

from ..engine.snapshot import Snapshot
from ..records import record
from ..text.canonical import bare, fold
from ..text.marks import Tier, is_bare, is_complete, marks, tier
from . import weights
from .letters import forms_with

MAX_FORMS = 512
"""How many terms a pattern or a fuzzy word stands for at most."""

Forms = list[tuple[str, float]]
"""Terms, each with its weight."""


class MarksPolicy(Enum):
    """Which markings of a word count as a match.

    EXACT only the one typed; COMPATIBLE also what leaves open what was typed, or adds what was left open; MARKED the
    same for a query that was typed with its marks, so that a word without any is hardly meant otherwise; TONELESS the
    same for one typed without tones; CONFLICTING any, the better ones first; IGNORED any, all alike.
    """

    EXACT = "exact"
    COMPATIBLE = "compatible"
    MARKED = "marked"
    TONELESS = "toneless"
    CONFLICTING = "conflicting"
    IGNORED = "ignored"

    __hash__ = object.__hash__  # there is one of each, and every look-up of what is kept asks for it


@record(frozen=True, slots=True, eq=False)
class Region:
    """A part of documents that is searched, by the name of its field. There are these two and no others."""

    field: str


TITLE = Region("title")
BODY = Region("body")


class Slot(Protocol):
    """One place of a query."""

    def weight(self, term: str) -> float:
        """How well a canonical token fits, 0 to 1."""

    def terms(self, snapshot: Snapshot, region: Region) -> Forms:
        """The terms that may stand there, each with its weight, the better ones first."""


@lru_cache(maxsize=65536)
def mark_weight(query: str, indexed: str, policy: MarksPolicy) -> float:
    """How much an indexed token counts for a query token with the same bare form.

    What was typed bare leaves the marks open, and what bears some marks but is no syllable yet (duờng) leaves the rest
    open. A syllable that is whole as it stands means what it says (nhũng is not những, năm is not nắm), unless the
    whole query lacks its tones; then what bears no vowel mark hardly lacks one. Text without marks counts for less than
    text with the marks typed.
    """
    if policy is MarksPolicy.IGNORED:
        return 1.0
    found = tier(query, indexed)
    if found is Tier.EXACT:
        return 1.0
    if policy is MarksPolicy.EXACT or found is Tier.NONE:
        return 0.0
    if found is Tier.RICHER:
        if is_bare(query):
            return _opened(query, indexed, policy)
        if not is_complete(query) or policy is MarksPolicy.TONELESS:
            return 0.9
    elif found is Tier.POORER:
        return 0.4
    return 0.2 if policy is MarksPolicy.CONFLICTING else 0.0


def _opened(query: str, indexed: str, policy: MarksPolicy) -> float:
    """How much a token that bears marks counts for one that was typed without any."""
    if policy is MarksPolicy.MARKED:
        return weights.UNMARKED
    other_vowel = marks(indexed).letters != marks(query).letters
    return 0.2 if policy is MarksPolicy.TONELESS and other_vowel else 1.0


class WordSlot(NamedTuple):
    """A word as typed, its marks read by a policy. To be had from `word_slot`.

    `others` are words that will do in its place, each with what it counts for. A tuple, since nearly all that is kept
    is kept by word, and tuples are hashed sooner than records.
    """

    token: str
    policy: MarksPolicy
    others: tuple[tuple[WordSlot, float], ...] = ()

    @property
    def bare_forms(self) -> set[str]:
        """The bare forms of all tokens that fit."""
        return {bare(self.token), *(bare(other.token) for other, _ in self.others)}

    def weight(self, term: str) -> float:
        """By the tiers of marks; 0 for another bare form."""
        own = mark_weight(self.token, term, self.policy) if bare(term) == bare(self.token) else 0.0
        return max(own, *(share * other.weight(term) for other, share in self.others)) if self.others else own

    def terms(self, snapshot: Snapshot, region: Region) -> Forms:
        """The markings that the collection holds."""
        held = (term for form in sorted(self.bare_forms) for term in snapshot.variants(region.field, form))
        return sorted(((term, w) for term in held if (w := self.weight(term)) > 0), key=lambda form: -form[1])


@lru_cache(maxsize=1 << 14)
def word_slot(token: str, policy: MarksPolicy, others: tuple[tuple[WordSlot, float], ...] = ()) -> WordSlot:
    """The slot of a word; mostly one and the same for the same, so that finding what is kept for it is quick."""
    if policy is MarksPolicy.MARKED and not is_bare(token):
        policy = MarksPolicy.COMPATIBLE  # which is the same for it
    return WordSlot(token, policy, others)


@record(frozen=True, slots=True)
class NumeralSlot:
    """A number inside a unit (18/01/2022, 05-CT/TW): zeros before it do not count."""

    token: str

    def weight(self, term: str) -> float:
        """1 for the same number however padded."""
        return float(term.isdigit() and term.lstrip("0") == self.token.lstrip("0"))

    def terms(self, snapshot: Snapshot, region: Region) -> Forms:
        """The number without padding, and padded as dates and document numbers are."""
        plain = self.token.lstrip("0") or "0"
        forms = dict.fromkeys((self.token, plain, plain.zfill(2), plain.zfill(3), plain.zfill(4)))
        return [(form, 1.0) for form in forms if self.weight(form)]


@record(frozen=True, slots=True)
class PatternSlot:
    """A word with wildcards: `*` is any characters, `?` is one. Without marks it stands for all markings."""

    pattern: str

    @property
    def stem(self) -> str:
        """What the bare forms of all terms that match begin with."""
        stem = bare(re.split(r"[*?]", self.pattern)[0])
        # i may stand for y in a bare form, so the letter before a wildcard does not narrow the search.
        return stem[:-1] if stem[-1:] in "iy" else stem

    def _matches(self, term: str) -> bool:
        shape = _regex(self.pattern)
        return bool(shape.fullmatch(term) or (is_bare(self.pattern) and shape.fullmatch(fold(term))))

    def weight(self, term: str) -> float:
        """1 where the pattern matches the whole token."""
        return float(self._matches(term))

    def terms(self, snapshot: Snapshot, region: Region) -> Forms:
        """The terms of the collection that match, in order. Linear in those that begin alike."""
        stem = self.stem
        terms = snapshot.with_prefix(region.field, stem) if stem else self._anywhere(snapshot, region)
        return [(term, 1.0) for term in islice(filter(self._matches, terms), MAX_FORMS)]

    def _anywhere(self, snapshot: Snapshot, region: Region) -> Iterator[str]:
        """As `Snapshot.with_prefix`, the terms that hold the letters of the pattern."""
        held = snapshot.vocabulary(region.field)
        letters = fold(re.sub("[*?]", "", self.pattern))
        return chain.from_iterable(held[form] for form in forms_with(snapshot, region.field, letters))


@lru_cache(maxsize=256)
def _regex(pattern: str) -> re.Pattern[str]:
    first, *others = ("".join("[^ ]" if c == "?" else re.escape(c) for c in part) for part in re.split(r"\*+", pattern))
    if not others:
        return re.compile(first)
    # What stands between two stars may be taken where it is first found, for good: only so is there no blow-up.
    between = "".join(f"(?>[^ ]*?{part})" for part in others[:-1])
    return re.compile(f"{first}{between}[^ ]*{others[-1]}")


@record(frozen=True, slots=True)
class FuzzySlot:
    """A word and its near spellings: so many letters exchanged, missing, or too many, marks aside."""

    token: str
    distance: int

    def weight(self, term: str) -> float:
        """Less for each edit."""
        edits = _edits(bare(self.token), bare(term), self.distance)
        return 0.0 if edits > self.distance else (1.0, 0.6, 0.4)[edits]

    def terms(self, snapshot: Snapshot, region: Region) -> Forms:
        """The near terms of the collection, nearest first. Linear in the vocabulary."""
        held = snapshot.vocabulary(region.field)
        near = forms_with(snapshot, region.field, bare(self.token), self.distance)
        forms = [(term, weight) for form in near if (weight := self.weight(form)) > 0 for term in held[form]]
        return sorted(forms, key=lambda f: (-f[1], f[0]))[:MAX_FORMS]


@lru_cache(maxsize=65536)
def _edits(a: str, b: str, most: int) -> int:
    """The Damerau-Levenshtein distance of two words, or most + 1 where it is greater (optimal string alignment)."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    previous: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        before, previous, row = previous, row, [i]
        for j, y in enumerate(b, start=1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
