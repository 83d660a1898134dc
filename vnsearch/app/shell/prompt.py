"""The prompt: prompt-toolkit's line editor with the toolbar and the live results below it.

All of it stands in the normal flow of the terminal. When a line is entered, what is below the prompt is taken away,
and the results are printed where it was.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Final

from prompt_toolkit import PromptSession
from prompt_toolkit.application.current import get_app
from prompt_toolkit.completion import ThreadedCompleter
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import has_completions, is_done, to_filter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Window
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style, merge_styles

from ..cells import cells
from .bindings import key_bindings
from .completer import QueryCompleter
from .ghost import Ghost
from .history import open_history
from .lexer import QueryLexer
from .live import Live
from .screen import BAR_ROWS, joined
from .session import Session
from .toolbar import bar

PROMPT: Final = "vnsearch> "

MENU_ROWS: Final = 8

ESCAPE_TIME: Final = 0.1
"""Seconds after which an Escape is the key, and not the beginning of another one."""

SWITCH_INTERVAL: Final = 0.001
"""Seconds after which a thread that searches lets the one that takes the keys go on."""

STYLE: Final = Style.from_dict(
    {
        "prompt": "bold",
        "query.operator": "ansimagenta bold",
        "query.field": "ansicyan",
        "query.phrase": "ansigreen",
        "query.pattern": "ansiyellow",
        "query.excluded": "ansired",
        "query.unknown": "ansibrightblack",
        "query.command": "ansiblue bold",
        "query.argument": "ansiblue",
        "auto-suggestion": "ansibrightblack",
        "bar.strong": "bold",
        "bar.faint": "ansibrightblack",
        "bar": "",
        "hit.number": "ansibrightblack",
        "hit.title": "bold",
        "hit.match": "ansired bold",
    }
)
WITHOUT_COLOUR: Final = Style.from_dict({"query.excluded": "italic", "hit.match": "underline"})


class Prompt:
    """Reads one line after the other from the person at the terminal."""

    def __init__(self, session: Session) -> None:
        settings, color = session.around.settings, session.around.terminal.color
        gc.disable()  # until the first prompt, which then comes sooner
        self.live = Live(session, on=settings.live)
        self.editor: PromptSession[str] = PromptSession(
            [("class:prompt", PROMPT)],
            history=open_history(os.environ),
            key_bindings=key_bindings(self.live),
            auto_suggest=Ghost(self.live),
            completer=ThreadedCompleter(QueryCompleter(self.live)),
            complete_while_typing=False,
            enable_history_search=True,
            editing_mode=EditingMode.VI if settings.editing == "vi" else EditingMode.EMACS,
            mouse_support=settings.mouse,
            enable_suspend=True,
            style=STYLE if color else merge_styles([STYLE, WITHOUT_COLOUR]),
            color_depth=None if color else ColorDepth.DEPTH_1_BIT,
        )
        self.editor.app.ttimeoutlen = ESCAPE_TIME
        self._put_below()
        self.editor.app.before_render += self._before_render

    def prompt(self) -> str:
        """The next line. Raises EOFError on Ctrl-D, and KeyboardInterrupt on a signal."""
        before = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_INTERVAL)
        self.live.forget()
        if not gc.isenabled():
            # A full collection of garbage looks at all that was ever imported, and stops every thread for longer than
            # a key may take. What is here at the first prompt stays to the end, and is looked at no more.
            gc.freeze()
            gc.enable()
        try:
            return self.editor.prompt()
        finally:
            sys.setswitchinterval(before)

    def _put_below(self) -> None:
        """The toolbar and the results right below the line, not at the foot of the terminal."""
        root = self.editor.layout.container
        assert isinstance(root, HSplit)
        for window in self.editor.layout.find_all_windows():
            window.dont_extend_height = to_filter(True)
        line = self.editor.layout.current_control
        assert isinstance(line, BufferControl)
        # Given to the session it would be asked for its colours once a text, not once an answer.
        line.lexer = QueryLexer(self.live)
        below = [
            Window(FormattedTextControl(self._bar), height=BAR_ROWS, dont_extend_height=True),
            ConditionalContainer(
                Window(FormattedTextControl(self._results), dont_extend_height=True), filter=~has_completions
            ),
        ]
        root.children.append(ConditionalContainer(HSplit(below), filter=~is_done))

    def _before_render(self, app: object) -> None:
        rows = self.editor.app.output.get_size().rows
        self.editor.reserve_space_for_menu = max(min(MENU_ROWS, rows - BAR_ROWS - 1), 0)
        self.live.attend(self.editor.app)

    def _bar(self) -> StyleAndTextTuples:
        return bar(self.live, get_app().output.get_size().columns)

    def _results(self) -> StyleAndTextTuples:
        """As many of the results as the lines of the query leave room for."""
        answer = self.live.answer
        if answer is None or not self.live.on:
            return []
        size = get_app().output.get_size()
        typed = cells(PROMPT) + len(self.editor.default_buffer.text)
        room = size.rows - BAR_ROWS - 1 - typed // max(size.columns, 1)
        return joined(answer.lines[: max(room, 0)])


def make_prompt(session: Session) -> Prompt:
    """The prompt of a session."""
    return Prompt(session)
