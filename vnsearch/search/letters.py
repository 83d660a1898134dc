"""Which bare forms of a collection hold some letters? Told for all of them at once.

A word that begins with a star, or that allows for slips, may stand anywhere in the vocabulary. To compare it with each
form takes a good part of a second where there are many; to leave out those that lack its letters takes a thousandth.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.snapshot import Snapshot

_BIT: Final = {character: 1 << place for place, character in enumerate("0123456789abcdefghijklmnopqrstuvwxyz")}
_BIT["y"] = _BIT["i"]  # which stands for it in some bare forms


class _Held(NamedTuple):
    """The bare forms in order, which letters each holds (a bit each, int64[forms]), and how many (int64[forms])."""

    forms: tuple[str, ...]
    letters: NDArray[np.int64]
    sizes: NDArray[np.int64]


def forms_with(snapshot: Snapshot, field: str, text: str, slips: int | None = None) -> Iterator[str]:
    """The bare forms of `title` or `body`, in order, that hold the letters a to z and the digits of a bare text.

    With `slips` so many letters may be missing, or there be so many more or fewer. Linear in the vocabulary.
    """
    held = snapshot.constants.get(("letters", field), lambda: _read(snapshot, field))
    missing = np.zeros(len(held.forms), dtype=np.int8)
    for bit in {_BIT[character] for character in text if character in _BIT}:
        missing += (held.letters & bit) == 0
    fits = missing <= (slips or 0)
    if slips is not None:
        fits &= np.abs(held.sizes - len(text)) <= slips
    return compress(held.forms, fits.tolist())


def _read(snapshot: Snapshot, field: str) -> _Held:
    forms = tuple(sorted(snapshot.vocabulary(field)))
    letters = np.fromiter(map(_letters, forms), dtype=np.int64, count=len(forms))
    return _Held(forms, letters, np.fromiter(map(len, forms), dtype=np.int64, count=len(forms)))


def _letters(form: str) -> int:
    bits = 0
    for character in form:
        bits |= _BIT.get(character, 0)
    return bits
