"""What the keys of the shell do, beside those of every line editor; `keys` is their table for people."""

from __future__ import annotations

from typing import Final, TypeVar, get_args

from prompt_toolkit.application.current import get_app
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, emacs_mode, is_searching, vi_navigation_mode
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from ...models import Marks, Match
from .editor import edit
from .ghost import Whole
from .live import Live

Mode = TypeVar("Mode", Match, Marks)

MATCHES: Final[tuple[Match, ...]] = get_args(Match)
MARKS: Final[tuple[Marks, ...]] = get_args(Marks)


@Condition
def has_ghost() -> bool:
    """Whether the rest of a line stands behind the cursor, ready to be taken."""
    buffer = get_app().current_buffer
    return isinstance(buffer.suggestion, Whole) and buffer.document.is_cursor_at_the_end


def key_bindings(live: Live) -> KeyBindings:
    """The keys of one prompt."""
    bindings = KeyBindings()
    session = live.session

    @bindings.add("c-c", filter=~is_searching)
    def clear(event: KeyPressEvent) -> None:
        event.current_buffer.reset()

    @bindings.add("c-l")
    def clear_screen(event: KeyPressEvent) -> None:
        event.app.renderer.clear()

    @bindings.add("right", filter=has_ghost)
    @bindings.add("c-e", filter=has_ghost)
    @bindings.add("c-f", filter=has_ghost)
    def accept(event: KeyPressEvent) -> None:
        ghost = event.current_buffer.suggestion
        if isinstance(ghost, Whole):
            _replace(event, ghost.whole)

    @bindings.add("escape", "f", filter=has_ghost & emacs_mode)
    def accept_word(event: KeyPressEvent) -> None:
        ghost = event.current_buffer.suggestion
        if isinstance(ghost, Whole):
            text, rest = ghost.word()
            _replace(event, text)
            event.current_buffer.suggestion = Whole(ghost.whole, rest) if rest else None

    @bindings.add("f2")
    @bindings.add("escape", "m", filter=emacs_mode)
    def switch_match(event: KeyPressEvent) -> None:
        session.match = _next(MATCHES, session.match)

    @bindings.add("f3")
    @bindings.add("escape", "k", filter=emacs_mode)
    def switch_marks(event: KeyPressEvent) -> None:
        session.marks = _next(MARKS, session.marks)

    @bindings.add("f4")
    @bindings.add("escape", "r", filter=emacs_mode)
    def switch_live(event: KeyPressEvent) -> None:
        live.on = not live.on

    @bindings.add("c-x", "c-e", filter=~is_searching)
    @bindings.add("v", filter=vi_navigation_mode & ~is_searching)
    def open_editor(event: KeyPressEvent) -> None:
        event.app.create_background_task(edit(event.current_buffer, session.around))

    return bindings


def _replace(event: KeyPressEvent, text: str) -> None:
    event.current_buffer.save_to_undo_stack()
    event.current_buffer.document = Document(text, len(text))


def _next(values: tuple[Mode, ...], value: Mode) -> Mode:
    return values[(values.index(value) + 1) % len(values)]
