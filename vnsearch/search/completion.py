"""What could be typed next, from what stands side by side in the collection.

The last word is taken as the beginning of one, and the words before it tell which: a completion is as likely as the
pairs of neighbours that the collection holds make it. Marks come back by themselves, since those pairs have them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from ..engine.snapshot import Snapshot
from ..text.canonical import canonical, fold
from ..text.marks import Tier, is_bare, marks, tier
from ..text.tokens import Token, tokenize
from .occurrences import NOWHERE, Records, common
from .restoration import Last, last_forms, restore
from .slots import BODY, MarksPolicy, PatternSlot, WordSlot, word_slot

CONTEXT: Final = 3
"""How many of the words before the last one are looked at."""

CANDIDATES: Final = 256
"""So many of the most frequent words that begin as typed are looked at."""

CONFIRMED: Final = 16
"""So many of the likeliest endings are looked up behind two words and not only behind one."""

LIKELY: Final = 0.2
"""A word is completed together with the next one, where that follows with this probability."""


class _Ending(NamedTuple):
    """How a text may go on: the last words, the spelling of the word before them ("" for none), and how likely."""

    words: tuple[str, ...]
    before: str
    worth: float


def complete(snapshot: Snapshot, prefix: str, limit: int = 10) -> list[str]:
    """Completions of what has been typed, the likeliest first, each as the whole text to put in its place.

    Where the last word is ended by a space, the next word is completed. Empty where nothing continues. Costs a look-up
    for each two words that may be neighbours, some hundreds.
    """
    tokens = list(tokenize(prefix))
    if not tokens or limit <= 0:
        return []
    if prefix[-1:].isspace():
        context, endings = tokens, _next(snapshot, _slots(tokens))
    else:
        *context, last = tokens
        endings = _endings(snapshot, _slots(context), last.canonical)
    found: dict[str, None] = {}
    for ending in sorted(endings, key=lambda e: (-e.worth, e.words)):
        found.setdefault(_written(snapshot, prefix, context, tokens, ending))
        if len(found) == limit:
            break
    return list(found)


def _slots(tokens: Sequence[Token]) -> list[WordSlot]:
    """The words that are looked at before the one that is completed."""
    return [word_slot(token.canonical, MarksPolicy.COMPATIBLE) for token in tokens[-CONTEXT:]]


def _endings(snapshot: Snapshot, slots: Sequence[WordSlot], last: str) -> list[_Ending]:
    """Words that begin as the last one, those only that stand behind the word before where any does."""
    begun = PatternSlot(fold(last) + "*")
    frequent = snapshot.frequent(BODY.field, begun.stem, CANDIDATES)
    held = [(term, times) for term, times in frequent if begun.weight(term) > 0 and _goes_on(last, term)]
    endings: list[_Ending] = []
    if slots and held:
        endings = _behind(snapshot, slots, last_forms(snapshot, slots), [term for term, _ in held])
    if not endings:
        endings = [_Ending((term,), "", float(times)) for term, times in held]
    best = sorted(endings, key=lambda e: -e.worth)[:8]
    return endings + [longer for ending in best for longer in _longer(snapshot, ending)]


def _goes_on(last: str, term: str) -> bool:
    """Whether a term has the marks that were typed of it so far. The tone is often typed last, so that more may come as
    long as there is none (đươ -> đường); and it may stand elsewhere in what is there (hoà -> hoàng)."""
    if is_bare(last):
        return True
    found = tier(last, canonical(term[: len(last)]))
    return found is Tier.EXACT or (found is Tier.RICHER and not any(marks(last).tones))


def _behind(snapshot: Snapshot, slots: Sequence[WordSlot], last: Last, terms: Sequence[str]) -> list[_Ending]:
    """Some words behind a row, as far as they stand behind the last of it anywhere."""
    forms, counts, chances = last
    pairs = snapshot.pair_frequencies(BODY.field, forms, terms)
    joint = pairs * (chances / np.maximum(counts, 1))[:, None]
    best = joint.argmax(axis=0)
    worth = joint.sum(axis=0)
    found = [
        _Ending((term,), forms[int(best[place])], float(worth[place]))
        for place, term in enumerate(terms)
        if worth[place] > 0
    ]
    return _confirmed(snapshot, slots, sorted(found, key=lambda e: -e.worth))


def _confirmed(snapshot: Snapshot, slots: Sequence[WordSlot], endings: Sequence[_Ending]) -> list[_Ending]:
    """Endings, of which the likeliest are weighed anew by how many passages hold the two words before them too.

    Where no passage holds any, all are left as they are.
    """
    likeliest, others = endings[:CONFIRMED], endings[CONFIRMED:]
    if len(slots) < 2 or not likeliest:
        return list(endings)
    first = restore(snapshot, slots)[-2].token
    held = []
    for ending in likeliest:
        pairs = ((first, ending.before), (ending.before, ending.words[0]))
        records = common([_records(snapshot, *pair) for pair in pairs])
        held.append(ending._replace(worth=float(len(records))))
    held = [ending for ending in held if ending.worth]
    return [*held, *(ending._replace(worth=0.0) for ending in others)] if held else list(endings)


def _records(snapshot: Snapshot, first: str, second: str) -> Records:
    """The passages in which two words stand side by side."""
    found = [postings.records for _, _, postings in snapshot.pairs(BODY.field, [first], [second])]
    return found[0] if found else NOWHERE.records


def _next(snapshot: Snapshot, slots: Sequence[WordSlot]) -> list[_Ending]:
    """The words that follow a row."""
    last = last_forms(snapshot, slots)
    terms = {term for form in last.forms for term, _ in snapshot.following(BODY.field, form, 32)}
    return _behind(snapshot, slots, last, sorted(terms)) if terms else []


def _longer(snapshot: Snapshot, ending: _Ending) -> list[_Ending]:
    """An ending with the words that most likely follow it."""
    last = ending.words[-1]
    held = max(snapshot.frequency(BODY.field, last), 1)
    return [
        _Ending((*ending.words, term), ending.before, ending.worth * times / held)
        for term, times in snapshot.following(BODY.field, last, 3)
        if times >= LIKELY * held
    ]


def _written(
    snapshot: Snapshot, prefix: str, context: Sequence[Token], tokens: Sequence[Token], ending: _Ending
) -> str:
    """The text with an ending, the words right before it with their marks."""
    begin = prefix[: tokens[-1].begin] if len(context) < len(tokens) else prefix
    text = begin + " ".join(ending.words)
    near = context[-CONTEXT:] if ending.before else []
    if not near:
        return text
    slots = [*_slots(near[:-1]), word_slot(ending.before, MarksPolicy.EXACT)]
    spelled = [*(marking.token for marking in restore(snapshot, slots)[:-1]), ending.before]
    for token, spelling in reversed(list(zip(near, spelled, strict=True))):
        if spelling != token.canonical:
            text = text[: token.begin] + spelling + text[token.end :]
    return text
