"""The two lines below the prompt: how the query was understood and what it found; the index, and the modes.

Each line is made of parts, the most important of which stay where the terminal is narrow: a part may shrink to its
least width before it goes, and those that matter more get their room first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from prompt_toolkit.formatted_text import StyleAndTextTuples

from ...models import SearchResults
from ...records import record
from ..cells import ELLIPSIS, cells, fitting
from ..inert import inert
from ..messages import Messages
from .live import Live

SEPARATOR: Final = " · "
_UNITS: Final = (
    (86_400, "typing.age.days"),
    (3600, "typing.age.hours"),
    (60, "typing.age.minutes"),
)


@record(frozen=True, slots=True)
class Part:
    """A part of a line. `rank` 0 matters most. `least` is how many cells it may shrink to, 0 if it may not;
    `tail` tells that its end matters more than its beginning."""

    text: str
    rank: int
    style: str = ""
    least: int = 0
    tail: bool = False


def bar(live: Live, width: int) -> StyleAndTextTuples:
    """Both lines, none wider than `width` cells."""
    return [*line(_found(live), width), ("", "\n"), *line(_state(live), width)]


def line(parts: Sequence[Part], width: int) -> StyleAndTextTuples:
    """As many of the parts as fit into a line, in their order."""
    room = width
    kept: dict[int, int] = {}
    for place, part in sorted(enumerate(parts), key=lambda item: item[1].rank):
        gap = cells(SEPARATOR) if kept else 0
        size = min(cells(part.text), room - gap)
        if part.text and size >= min(cells(part.text), part.least or width + 1):
            kept[place] = size
            room -= size + gap
    shown: StyleAndTextTuples = []
    for place, size in sorted(kept.items()):
        shown += [("class:bar", SEPARATOR)] if shown else []
        shown.append((f"class:bar {parts[place].style}", _shortened(parts[place], size)))
    return shown


def _shortened(part: Part, width: int) -> str:
    if cells(part.text) <= width:
        return part.text
    if part.tail:
        return ELLIPSIS + part.text[::-1][: fitting(part.text[::-1], width)][::-1]
    return part.text[: fitting(part.text, width)] + ELLIPSIS


def _found(live: Live) -> list[Part]:
    """What the last answer says: the query as understood, how many results, in what time."""
    say = live.session.around.say
    if not live.on:
        return [Part(say("typing.off"), 0, "class:bar.faint", least=8)]
    results = live.answer.results if live.answer else None
    if results is None:
        return [Part(say("typing.hint"), 0, "class:bar.faint", least=8)]
    notes = [say.note(note) for note in results.interpretation.notes]
    if results.suggestion:
        notes.insert(0, say("results.suggestion", query=results.suggestion))
    return [
        Part(inert(_understood(results)), 1, "class:bar.strong", least=8),
        Part(say.count("results", results.total), 0),
        Part(say("typing.time", milliseconds=say.decimal(results.elapsed * 1000, 1)), 2, "class:bar.faint"),
        Part(inert(" ".join("; ".join(notes).split())), 3, "class:bar.faint", least=16),
    ]


def _understood(results: SearchResults) -> str:
    return " ".join(results.interpretation.query.split())


def _state(live: Live) -> list[Part]:
    """The index and its age, and the modes with their keys."""
    session, say = live.session, live.session.around.say
    stats = live.answer.stats if live.answer else None
    return [
        Part(inert(_folder(session.around.folder)), 2, "class:bar.strong", least=8, tail=True),
        Part(age(stats.modified, say) if stats else "", 3, "class:bar.faint"),
        Part(say("typing.match", mode=session.match), 0),
        Part(say("typing.marks", mode=session.marks), 1),
        Part(say("typing.live", mode=say("typing.live.on" if live.on else "typing.live.off")), 4, "class:bar.faint"),
        Part(say("typing.more"), 5, "class:bar.faint"),
    ]


def _folder(folder: Path) -> str:
    """A folder as a person would name it, the home folder as ~."""
    try:
        return f"~/{folder.resolve().relative_to(Path.home().resolve())}" if folder.is_absolute() else str(folder)
    except (ValueError, OSError, RuntimeError):
        return str(folder)


def age(moment: datetime, say: Messages, now: datetime | None = None) -> str:
    """How long ago a moment was, in its largest unit."""
    seconds = ((now or datetime.now(UTC)) - moment).total_seconds()
    for size, message in _UNITS:
        if seconds >= size:
            return say.count(message, int(seconds // size))
    return say("typing.age.now")
