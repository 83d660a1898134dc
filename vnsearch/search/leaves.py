"""The leaves of a query tree, read as rows of slots."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import field as dataclass_field
from dataclasses import replace
from functools import lru_cache
from itertools import chain, product
from typing import Final

from ..engine.snapshot import Snapshot
from ..records import record
from ..text.canonical import bare, canonical
from ..text.characters import repair
from ..text.syllable import is_syllable, parse
from ..text.tokens import Token, numbers, tokenize, units
from .query import Fuzzy, Pattern, Phrase, Word
from .slots import BODY, TITLE, FuzzySlot, MarksPolicy, NumeralSlot, PatternSlot, Slot, WordSlot, word_slot

Reading = tuple[Slot, ...]

MAX_GLUED: Final = 24
"""Longer chunks are not tried as several syllables without spaces."""

MAX_NUMBERS: Final = 3
"""Where a row has more numbers, not every mixture of the ways to write them is tried."""


@record(frozen=True, slots=True)
class Leaf:
    """A leaf ready to be matched: any of its readings will do. `slop` is how many other words may stand among them.

    `weights` tells what each reading counts for; empty where all count alike. The first reading is what was typed.
    `word` is the one word that the leaf is, None where it is more than a word, or a word that can be read in two ways.
    `typed` is that word, too where other phrases will do in its place.
    `asked` is what is looked for: the same for leaves that find the same.
    """

    text: str
    readings: tuple[Reading, ...]
    slop: int = 0
    field: str | None = None
    weights: tuple[float, ...] = ()

    word: WordSlot | None = dataclass_field(init=False)
    typed: WordSlot | None = dataclass_field(init=False)
    asked: Hashable = dataclass_field(init=False)

    def __post_init__(self) -> None:
        slot = self.readings[0][0]
        typed = slot if len(self.readings[0]) == 1 and isinstance(slot, WordSlot) else None
        word = typed if len(self.readings) == 1 else None
        object.__setattr__(self, "word", word)
        object.__setattr__(self, "typed", typed if self.weights else word)
        object.__setattr__(self, "asked", word or (self.readings, self.slop, self.weights))


@lru_cache(maxsize=1 << 14)
def word_leaf(text: str, token: str, policy: MarksPolicy, field: str | None = None) -> Leaf:
    """The leaf of one word, typed as `text`. Kept, since people ask for the same words again."""
    return Leaf(text, ((word_slot(token, policy),),), 0, field, ())


def with_marks(leaf: Leaf, token: str) -> Leaf:
    """A leaf whose typed word has just these marks. What will do in its place still does."""
    others = leaf.typed.others if leaf.typed is not None else ()
    if leaf.word is not None and not others:
        return word_leaf(token, token, MarksPolicy.EXACT, leaf.field)
    first = (word_slot(token, MarksPolicy.EXACT, others),)
    return replace(leaf, text=token, readings=(first, *leaf.readings[1:]))


@lru_cache(maxsize=1 << 14)
def read_syllable(text: str, field: str | None, policy: MarksPolicy) -> Leaf | None:
    """The leaf of a word that is one syllable, which is what most words are; None for others.

    It does not depend on the collection, so it is kept for the next query.
    """
    tokens = list(tokenize(text))
    if len(tokens) != 1 or not is_syllable(tokens[0].canonical):
        return None
    return word_leaf(text, tokens[0].canonical, policy, field)


def read_leaf(node: Word | Phrase | Pattern | Fuzzy, policy: MarksPolicy, snapshot: Snapshot) -> Leaf | None:
    """The readings of a leaf, or None where it holds no token at all."""
    if isinstance(node, Word):
        leaf = read_syllable(node.text, node.field, policy)
        if leaf is not None:
            return _with_others(leaf, node.also, policy)
    if isinstance(node, Pattern):
        readings = _read_pattern(node.text)
    elif isinstance(node, Fuzzy):
        readings = (tuple(FuzzySlot(t.canonical, node.distance) for t in tokenize(node.text)),)
    elif isinstance(node, Phrase):
        readings = _read_row(node.text, policy)
    else:
        readings = _read_word(node.text, policy, snapshot)
    readings = tuple(reading for reading in readings if reading)
    if not readings:
        return None
    leaf = Leaf(node.text, readings, node.slop if isinstance(node, Phrase) else 0, node.field)
    return _with_others(leaf, node.also, policy) if isinstance(node, Word) else leaf


def _with_others(leaf: Leaf, also: Sequence[tuple[str, float]], policy: MarksPolicy) -> Leaf:
    """A leaf for which other phrases will do too. A word in place of a word goes into its slot, so that it has what
    words have (neighbours, and a bound to its score); other phrases are further readings."""
    if not also:
        return leaf
    # What a list writes has all of its marks, however the query was typed.
    kept = MarksPolicy.IGNORED if policy is MarksPolicy.IGNORED else MarksPolicy.COMPATIBLE
    words: list[tuple[WordSlot, float]] = []
    rows: list[tuple[Reading, float]] = []
    for text, weight in also:
        for row in _read_row(text, kept):
            slot = row[0] if row else None
            if len(row) == 1 and isinstance(slot, WordSlot):
                words.append((slot, weight))
            elif row and row not in leaf.readings:
                rows.append((row, weight))
    first, *more = leaf.readings
    slot = first[0]
    if len(first) == 1 and isinstance(slot, WordSlot) and words:
        first = (word_slot(slot.token, slot.policy, tuple(words)),)
    else:
        rows += [((word,), weight) for word, weight in words]
    if not rows:
        return replace(leaf, readings=(first, *more))
    weights = (1.0,) * len(leaf.readings) + tuple(weight for _, weight in rows)
    return replace(leaf, readings=(first, *more, *(row for row, _ in rows)), weights=weights)


def _read_row(text: str, policy: MarksPolicy) -> tuple[Reading, ...]:
    """A text as a row of slots, as `_read_tokens` makes it: of syllables, as most are, by what is known of each."""
    known = [read_syllable(chunk, None, policy) for chunk in text.split()]
    if known and None not in known:
        return (tuple([leaf.readings[0][0] for leaf in known if leaf is not None]),)
    return _read_tokens(text, policy)


def _read_tokens(text: str, policy: MarksPolicy) -> tuple[Reading, ...]:
    """A text as a row of slots, a slot a token, but one for a number written in groups (1.000.000).

    In a document such a number takes a place for each group, and what follows it stands further on. So a row that is
    more than a number has a reading for each way to write each of its numbers.
    """
    tokens = list(tokenize(text))
    values = {n.token: n for n in numbers(text, tokens)}
    row: list[tuple[Reading, ...]] = []
    typed: list[Reading] = []
    covered = 0
    for first, last in units(tokens):
        for place in range(first, last):
            token = tokens[place]
            if place in values:
                covered = values[place].end
                parts = tuple(word_slot(t.canonical, policy) for t in tokens[place:] if t.begin < covered)
                row.append(((word_slot(values[place].value, policy),), parts))
                typed.append(parts)
            elif token.begin >= covered:
                groups = _groups(token.canonical) if last - first == 1 else ()
                parts = tuple(word_slot(group, policy) for group in groups)
                row.append(((_slot(token, last - first > 1, policy),), *((parts,) if parts else ())))
                typed.append(row[-1][0])
    if len(row) < 2 or sum(len(ways) > 1 for ways in row) > MAX_NUMBERS:
        plain = tuple(chain.from_iterable(ways[0] for ways in row))
        return (plain,) if len(row) < 2 else (plain, tuple(chain(*typed)))
    return tuple(tuple(chain(*reading)) for reading in product(*row))


def _groups(digits: str) -> tuple[str, ...]:
    """The groups in which a number could be written; none where it is too short for two, or no plain number."""
    if not digits.isdecimal() or digits.startswith("0") or not 3 < len(digits) <= MAX_GLUED:
        return ()
    first = len(digits) % 3 or 3
    return (digits[:first], *(digits[i : i + 3] for i in range(first, len(digits), 3)))


def _slot(token: Token, in_unit: bool, policy: MarksPolicy) -> Slot:
    if in_unit and token.canonical.isdigit() and len(token.canonical) <= 4:
        return NumeralSlot(token.canonical)
    return word_slot(token.canonical, policy)


def _read_word(text: str, policy: MarksPolicy, snapshot: Snapshot) -> tuple[Reading, ...]:
    """The readings of one chunk: as typed, and glued or split where the collection writes it so."""
    tokens = list(tokenize(text))
    rows = _read_row(text, policy)
    if len(tokens) == 1:
        return *rows, *_split(tokens[0].canonical, policy, snapshot)
    glued = canonical("".join(token.canonical for token in tokens))
    if len(rows) == 1 and any(snapshot.variants(r.field, bare(glued)) for r in (BODY, TITLE)):
        return *rows, (word_slot(glued, policy),)
    return rows


def _split(token: str, policy: MarksPolicy, snapshot: Snapshot) -> tuple[Reading, ...]:
    """A chunk that is no syllable as a row of terms that the collection holds: tphcm -> tp hcm, lênin -> lê nin.

    One that lacks marks to be a syllable is none of these (tuong is tưởng, not tu ong), if the collection has such a
    word. The row with the fewest parts is taken, and of these the one with the longest first part.
    """
    if is_syllable(token) or not 3 < len(token) <= MAX_GLUED or token.isdigit():
        return ()
    if parse(token) is not None and snapshot.variants(BODY.field, bare(token)):
        return ()
    best: list[tuple[str, ...] | None] = [None] * len(token) + [()]
    for begin in range(len(token) - 1, -1, -1):
        for end in range(len(token), begin, -1):
            rest = best[end]
            if rest is None or (begin == 0 and end == len(token)):
                continue
            part = token[begin:end]
            if (best[begin] is None or len(rest) + 1 < len(best[begin] or ())) and _is_word(part, snapshot):
                best[begin] = (part, *rest)
    parts = best[0]
    return (tuple(word_slot(part, policy) for part in parts),) if parts and len(parts) > 1 else ()


def _is_word(part: str, snapshot: Snapshot) -> bool:
    return len(part) > 1 and bool(snapshot.variants(BODY.field, bare(part)))


def _read_pattern(text: str) -> tuple[Reading, ...]:
    """A chunk with wildcards; where punctuation splits it, each part is a slot of its own."""
    slots: list[Slot] = []
    for chunk in re.split(r"(?:[^\w*?]|_)+", repair(text)):
        if "*" in chunk or "?" in chunk:
            parts = [p if p in ("*", "?") else canonical(p) for p in re.findall(r"[*?]|[^*?]+", chunk)]
            slots.append(PatternSlot("".join(parts)))
        else:
            slots.extend(word_slot(token.canonical, MarksPolicy.COMPATIBLE) for token in tokenize(chunk))
    return (tuple(slots),)
