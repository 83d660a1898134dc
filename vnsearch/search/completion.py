"""What could be typed next, read from what stands in the collection after what has been typed.

The words typed so far are looked up as a phrase, the last of them as the beginning of a word; the text that stands
there, with its own marks, is the completion. So marks come back by themselves, and what is offered can be found.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from ..engine.chunk import POSITION_BITS
from ..engine.snapshot import Snapshot
from ..text.canonical import fold
from ..text.marks import is_bare
from ..text.tokens import Token, tokenize
from .matching import Matcher
from .occurrences import in_row
from .slots import BODY, MarksPolicy, PatternSlot, Slot, word_slot

CONTEXT: Final = 4
"""How many of the words typed last are looked at."""

SAMPLE: Final = 500
"""How many places in the collection are read for one completion."""


def complete(snapshot: Snapshot, prefix: str, limit: int = 10) -> list[str]:
    """Completions of what has been typed, the most frequent first, each as the whole text to put in its place.

    Where the last word is ended by a space, the next word is completed too. Empty where nothing continues.
    """
    tokens = list(tokenize(prefix))
    if not tokens or limit <= 0:
        return []
    open_end = prefix[-1:].isspace()
    for first in range(max(0, len(tokens) - CONTEXT), len(tokens)):
        counted = _continuations(snapshot, tokens[first:], open_end)
        if counted:
            before = prefix[: tokens[first].begin]
            ranked = sorted(counted, key=lambda text: (-counted[text], text))
            return [before + text for text in ranked[:limit]]
    return []


def _continuations(snapshot: Snapshot, tokens: list[Token], open_end: bool) -> Counter[str]:
    slots: list[Slot] = [word_slot(token.canonical, MarksPolicy.COMPATIBLE) for token in tokens]
    last = tokens[-1].canonical
    if not open_end:
        slots[-1] = PatternSlot((fold(last) if is_bare(last) else last) + "*")
    matcher = Matcher(snapshot, MarksPolicy.COMPATIBLE, "passage")
    found = in_row([matcher.find_slot(slot, BODY) for slot in slots])
    counted: Counter[str] = Counter()
    for place in found.places[:SAMPLE]:
        record, position = int(place) >> POSITION_BITS, int(place) & ((1 << POSITION_BITS) - 1)
        counted.update(_texts(_passage_text(snapshot, record), position, len(tokens), open_end))
    return counted


def _passage_text(snapshot: Snapshot, record: int) -> str:
    text = snapshot.document(int(snapshot.document_of[record])).text
    return text[int(snapshot.starts[record]) : int(snapshot.ends[record])]


def _texts(text: str, position: int, count: int, open_end: bool) -> list[str]:
    """What stands at a position: the words that complete what was typed, and the same with the next word."""
    tokens = list(tokenize(text))
    row = tokens[position : position + count + 1]
    texts = [] if open_end else [_joined(row[:count])]
    if len(row) > count and text[row[-2].end : row[-1].begin].isspace():
        texts.append(_joined(row))
    return texts


def _joined(tokens: list[Token]) -> str:
    return " ".join(token.canonical for token in tokens)
