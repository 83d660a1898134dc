"""The command that the scripts ask: `vnsearch complete-word bash LINE CURRENT`, or for the others SHELL WORD...

It is no command for people and stands on no help page. It answers with a line that tells what kind of thing may follow,
and the words a line each, for zsh and fish with what they mean behind a tab. It is asked at every Tab, so whatever goes
wrong, it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...errors import VnsearchError
from ..messages import Messages
from ..terminal import Terminal
from .line import put_back, split
from .words import complete


def answer(arguments: Sequence[str], terminal: Terminal, folder: Path, say: Messages) -> None:
    """Print what may stand at the cursor; nothing where the question or the index is not as it should be."""
    try:
        lines = list(_lines(arguments, folder, say))
    except (VnsearchError, OSError, RuntimeError):
        return
    for line in lines:
        terminal.painted([line])


def _lines(arguments: Sequence[str], folder: Path, say: Messages) -> Iterator[str]:
    shell, *words = arguments or [""]
    if shell != "bash":
        found = complete(words, folder, say)
        yield found.kind
        yield from (f"{offer.word}\t{offer.meaning}" if offer.meaning else offer.word for offer in found.offers)
    elif len(words) == 2:
        line, current = words
        typed = split(line)
        found = complete([word.text for word in typed], folder, say)
        texts = (put_back(offer.word, typed[-1], current) for offer in found.offers)
        yield found.kind
        yield from dict.fromkeys(text for text in texts if text is not None)
