"""What means the same as a stretch of a query: national abbreviations, those that documents define, the user's own.

A phrase is found whatever marks were typed (`uy ban nhan dan`), by a dictionary of rows of bare tokens. What a search
finds through a synonym counts for less than what was typed.

An index does not know capitals, so an abbreviation that is also a syllable (TIN, CA, TƯ) cannot be told from the word
in a text: such a one is never looked for in the place of its long form. In a query it can: typed in capitals it is the
abbreviation, in small letters the word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from ..engine.snapshot import Snapshot
from ..errors import SynonymsError
from ..text.alphabet import LETTERS
from ..text.canonical import bare, canonical
from ..text.equivalents import Definition, Group, national, parse_groups
from ..text.marks import Tier, is_bare, lacks_tones, tier
from ..text.syllable import parse
from ..text.tokens import tokenize
from .slots import MarksPolicy, mark_weight

WEIGHT: Final = 0.6
"""What an occurrence of a synonym counts for, beside one of what was typed."""

LARGEST_FILE: Final = 1 << 20
"""Larger files of synonyms are refused; in bytes."""

UNITS: Final = frozenset("km kg cm mm ml dm mg kw kwh mw hz mhz ghz kb mb gb tb tv am pm vs mp cc hp ok".split())
"""Words in small letters that no collection turns into abbreviations (KM, khuyến mãi), for capitals are not known."""

_UNITS: Final = frozenset((unit,) for unit in UNITS)

SHORT: Final = 2
"""An abbreviation of so few letters is known only with its stroke: nd is not NĐ."""

MOST_OTHERS: Final = 16
"""So many phrases are looked for in the place of one."""

Row = tuple[str, ...]
"""Canonical tokens."""


class Other(NamedTuple):
    """A phrase that will do in the place of another: as its list writes it, its tokens, and what it counts for."""

    text: str
    row: Row
    weight: float


class Expansion(NamedTuple):
    """What will do in the place of the tokens of a row from `first` up to `last`."""

    first: int
    last: int
    others: tuple[Other, ...]


class _Phrase(NamedTuple):
    """A phrase as it may be typed; `capitals` where it must be typed so, `exact` where its marks must be."""

    row: Row
    capitals: bool
    exact: bool
    others: list[Other]


class Synonyms:
    """Groups of phrases that mean the same.

    A collection may define hundreds, and a search looks for a few: a group is read when a query holds the first word of
    one of its phrases, and even that word is not looked at before a query has a word with its first letter.
    """

    def __init__(self, groups: Iterable[Group] = ()) -> None:
        self._phrases: dict[Row, list[_Phrase]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}  # of the phrases that begin with a word, the longest first
        self._lock = Lock()
        self._groups = [(frozenset(map(_letter, group.typed)), group) for group in groups]
        self._letters: set[str] = set()
        self._unread: dict[str, list[Group]] = {}

    @classmethod
    def of(cls, snapshot: Snapshot, own: tuple[Group, ...] = ()) -> Synonyms:
        """Those for a collection: the national ones, those that its documents define, and the groups of a user.

        Linear in the number of phrases; kept as long as the snapshot is, with `own`, which is known by identity.
        """
        return snapshot.constants.get(("synonyms", id(own)), cls._made_for, snapshot, own)[1]

    @classmethod
    def _made_for(cls, snapshot: Snapshot, own: tuple[Group, ...]) -> tuple[tuple[Group, ...], Synonyms]:
        return own, cls((*national(), *learned(snapshot.definitions), *own))

    def _read(self, forms: Iterable[str]) -> None:
        """Read the groups with phrases that begin with these bare forms. They are marked as read only then: until then
        other threads come here too, and wait."""
        with self._lock:
            for first in forms:
                if first[:1] not in self._letters:
                    self._look_at(first[:1])
                    self._letters.add(first[:1])
                for group in self._unread.get(first, ()):
                    self._add(group, first)
                self._unread.pop(first, None)

    def _look_at(self, letter: str) -> None:
        """Find the first words of the phrases that begin with a bare letter."""
        for letters, group in self._groups:
            if not letters.isdisjoint((letter, "")):
                for first in dict.fromkeys(first for phrase in group.typed for first in _firsts(phrase)):
                    if first[:1] == letter:
                        self._unread.setdefault(first, []).append(group)

    def _add(self, group: Group, first: str) -> None:
        """Add the phrases of a group that begin with a bare form."""
        meant = [other for phrase in group.meant for other in _spellings(phrase) if not _is_word_too(other)]
        for typed in (spelling for phrase in group.typed for spelling in _spellings(phrase)):
            form = tuple(map(bare, typed.row))
            if form[0] != first:
                continue
            others = [other for other in meant if other.row != typed.row]
            exact = _is_short(typed) and len(typed.row[0]) <= SHORT
            self._phrases.setdefault(form, []).append(_Phrase(typed.row, _is_word_too(typed), exact, others))
            self._lengths[first] = tuple(sorted({len(form), *self._lengths.get(first, ())}, reverse=True))

    def may_hold(self, forms: Sequence[str]) -> bool:
        """Whether a row with these bare forms holds a phrase, marks and capitals aside. A few look-ups for each."""
        if not self._unread.keys().isdisjoint(forms) or not self._letters.issuperset([form[:1] for form in forms]):
            self._read(forms)
        if self._lengths.keys().isdisjoint(forms):  # as most often: no phrase begins with most words
            return False
        for place, form in enumerate(forms):
            for length in self._lengths.get(form, ()):
                if tuple(forms[place : place + length]) in self._phrases:
                    return True
        return False

    def expansions(self, row: Sequence[str], capitals: Sequence[bool] = ()) -> Iterator[Expansion]:
        """The stretches of a row of canonical tokens that have synonyms, from left to right, of those that begin at one
        place the longest; what is in one begins no other.

        `capitals` tells which tokens were typed in capitals; empty: none. Linear in the length of the row.
        """
        forms = [bare(token) for token in row]
        if not self.may_hold(forms):  # as most often
            return
        toneless = lacks_tones(row)
        place = 0
        while place < len(row):
            found = self._longest_at(place, row, forms, capitals, toneless)
            if found is not None:
                yield found
            place = place + 1 if found is None else found.last

    def _longest_at(
        self, place: int, row: Sequence[str], forms: list[str], capitals: Sequence[bool], toneless: bool
    ) -> Expansion | None:
        for length in self._lengths.get(forms[place], ()):
            last = place + length
            if last > len(row):
                continue
            typed = row[place:last]
            fitting = [
                phrase
                for phrase in self._phrases.get(tuple(forms[place:last]), ())
                if _fits(phrase, typed, toneless) and (not phrase.capitals or (capitals and capitals[place]))
            ]
            # What is typed with its marks is no other phrase (cơ quan is not cổ quan).
            exact = [phrase for phrase in fitting if _is_exact(phrase, typed)]
            others: dict[Row, Other] = {}
            for other in (other for phrase in exact or fitting for other in phrase.others):
                others.setdefault(other.row, other)
            if others:
                return Expansion(place, last, tuple(islice(others.values(), MOST_OTHERS)))
        return None


def _spellings(phrase: str) -> Iterator[Other]:
    """A phrase, and where it is one chunk of several tokens (TP.HCM), the same as one token."""
    row = tuple(token.canonical for token in tokenize(phrase))
    yield Other(phrase, row, WEIGHT)
    if len(row) > 1 and not any(map(str.isspace, phrase)):
        yield Other(phrase, ("".join(row),), WEIGHT)


def _letter(phrase: str) -> str:
    """The letter that the bare forms of the spellings of a phrase begin with; "" where that takes a closer look."""
    known = LETTERS.get(phrase[:1].lower())
    return known[0] if known else ""


def _firsts(phrase: str) -> Iterator[str]:
    """The bare forms that the spellings of a phrase begin with; of several words only the first is read."""
    letters = phrase.split(None, 1)[0].lower()
    if all(letter in LETTERS for letter in letters):  # as of most: one token, whose tone may stand where it will
        yield bare(letters)
    elif any(map(str.isspace, phrase.strip())):
        yield bare(next(tokenize(phrase)).canonical)
    else:
        yield from (bare(spelling.row[0]) for spelling in _spellings(phrase))


def in_capitals(text: str) -> bool:
    """Whether a word is written as abbreviations are: with two capitals at least (UBND, ThS)."""
    return sum(map(str.isupper, text)) > 1


def _is_short(phrase: Other) -> bool:
    """Whether a phrase is an abbreviation of one token."""
    return len(phrase.row) == 1 and in_capitals(phrase.text)


def _is_word_too(phrase: Other) -> bool:
    """Whether a phrase is an abbreviation, and without its capitals could be a syllable."""
    return _is_short(phrase) and parse(phrase.row[0]) is not None


def _fits(phrase: _Phrase, typed: Sequence[str], toneless: bool) -> bool:
    """Whether the marks that were typed leave room for a phrase. A list may be written without marks, but what it
    writes with marks has all of them."""
    if phrase.exact:
        return _is_exact(phrase, typed)
    if all(map(is_bare, phrase.row)):
        return True
    policy = MarksPolicy.TONELESS if toneless else MarksPolicy.COMPATIBLE
    return all(
        mark_weight(mine, theirs, policy) > 0 and tier(mine, theirs) is not Tier.POORER
        for mine, theirs in zip(typed, phrase.row, strict=True)
    )


def _is_exact(phrase: _Phrase, typed: Sequence[str]) -> bool:
    return all(tier(mine, theirs) is Tier.EXACT for mine, theirs in zip(typed, phrase.row, strict=True))


def learned(counts: Mapping[Definition, int]) -> list[Group]:
    """Groups of the abbreviations that documents define, `counts` telling in how many. Of several long forms of one
    abbreviation the most frequent is taken."""
    best: dict[Row, Definition] = {}
    for definition in sorted(sorted(counts), key=counts.__getitem__, reverse=True):
        short = definition.short
        plain = short.isascii() and short.isalnum()  # as most are: then it is one token
        row = (canonical(short),) if plain else tuple(token.canonical for token in tokenize(short))
        if row not in _UNITS:
            best.setdefault(row, definition)
    return [Group(tuple(definition), tuple(definition)) for definition in best.values()]


def read_file(path: Path) -> tuple[Group, ...]:
    """The groups in a user's file (see `text.equivalents`). Raises `SynonymsError`, which names the file."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        text = data.decode("utf-8")
    except OSError as error:
        what = f"the file of synonyms '{path}' cannot be read: {error.strerror or error}"
        raise SynonymsError(what, "check its name and its permissions") from None
    except UnicodeDecodeError:
        raise SynonymsError(f"the file of synonyms '{path}' is not UTF-8", "save it as UTF-8") from None
    if len(data) > LARGEST_FILE:
        raise SynonymsError(f"the file of synonyms '{path}' is larger than {LARGEST_FILE:,} bytes", "make it shorter")
    return tuple(parse_groups(text, f"'{path}'"))
