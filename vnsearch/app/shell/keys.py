"""The keys of the line editor, as `.keys` tells them; `bindings` says what those do that no line editor has.

Each comes with the key of the message that tells what it does.
"""

from __future__ import annotations

from typing import Final

KEYS: Final = (
    ("Tab", "typing.key.complete"),
    ("→ Ctrl-E", "typing.key.accept"),
    ("Alt-F", "typing.key.accept-word"),
    ("↑ ↓", "typing.key.history"),
    ("Ctrl-R", "typing.key.search-history"),
    ("F2 Alt-M", "typing.key.match"),
    ("F3 Alt-K", "typing.key.marks"),
    ("F4 Alt-R", "typing.key.live"),
    ("Ctrl-X Ctrl-E", "typing.key.editor"),
    ("Ctrl-C", "typing.key.clear"),
    ("Ctrl-L", "typing.key.screen"),
    ("Ctrl-D", "typing.key.leave"),
)
