"""What the documents of a segment define: abbreviations with their long forms.

| array | type | holds |
|---|---|---|
| `definitions.names` | strings[N] | the distinct definitions in order: short form, tab, long form |
| `definitions.numbers` | uint32[M] | for each definition in a document its place among the names |
| `definitions.documents` | uint32[M] | and the document, ascending |

With the documents at hand, those that are deleted do not count, and leave nothing behind once a segment is merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import IndexDamaged
from ..text.equivalents import Definition
from .container import Container, ContainerWriter
from .strings import Strings, decode, encode, write_strings


class Defined(NamedTuple):
    """A definition, and the number of a document that has it."""

    document: int
    definition: Definition


def read_definitions(texts: Sequence[str]) -> tuple[Defined, ...]:
    """What the texts of documents define, in order; these are numbered from 0."""
    from ..text.abbreviations import definitions_of_all  # who only searches does without

    return tuple(Defined(*found) for found in definitions_of_all(texts))


def write_definitions(container: ContainerWriter, defined: Iterable[Defined]) -> None:
    """Write what documents define, in the order of these."""
    held = list(defined)
    names = sorted({encode("\t".join(definition)) for _, definition in held})
    numbers = {name: number for number, name in enumerate(names)}
    write_strings(container, "definitions.names", names)
    placed = [numbers[encode("\t".join(definition))] for _, definition in held]
    container.add("definitions.numbers", np.array(placed, dtype=np.uint32))
    container.add("definitions.documents", np.array([document for document, _ in held], dtype=np.uint32))


class Definitions:
    """What `write_definitions` wrote. Raises `IndexDamaged` where the arrays do not fit."""

    def __init__(self, container: Container, documents: int) -> None:
        self._container = container
        self._names = Strings(container, "definitions.names", mapped=False)
        self._numbers: NDArray[np.uint32] = container.array("definitions.numbers")
        self._documents: NDArray[np.uint32] = container.array("definitions.documents")
        fit = len(self._numbers) == len(self._documents)
        if not fit or _highest(self._numbers) >= len(self._names) or _highest(self._documents) >= documents:
            raise self._damage()

    def _damage(self) -> IndexDamaged:
        return self._container.damage("has definitions of abbreviations that do not fit together")

    def names(self) -> list[Definition]:
        """The distinct definitions in order. Raises `IndexDamaged` where they cannot be read."""
        try:
            return [Definition(*decode(name).split("\t")) for name in self._names]
        except (UnicodeDecodeError, TypeError):
            raise self._damage() from None

    def counts(self, alive: NDArray[np.bool_]) -> NDArray[np.int64]:
        """In how many of some documents (bool[documents]) each of the definitions is; int64[N]."""
        return np.bincount(self._numbers[alive[self._documents]], minlength=len(self._names))

    def of(self, alive: NDArray[np.bool_]) -> list[Defined]:
        """What some documents (bool[documents]) define, these numbered anew."""
        renumbered = np.cumsum(alive) - 1
        kept = np.flatnonzero(alive[self._documents])
        names = self.names()
        return [
            Defined(document, names[number])
            for document, number in zip(
                renumbered[self._documents[kept]].tolist(), self._numbers[kept].tolist(), strict=True
            )
        ]


def _highest(numbers: NDArray[np.uint32]) -> int:
    return int(numbers.max()) if len(numbers) else -1
