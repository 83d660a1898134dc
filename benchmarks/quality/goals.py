"""What our engine must reach: an nDCG@10 as given, little lost to other ways of typing, and known items found again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from .engines import OURS, Pairs
from .evaluation import Row

JUDGED: Final = "nDCG@10"
KNOWN: Final = "MRR@10"
EXACT: Final = 1e-9
"""Two means are equal where they differ by no more."""


class Must(NamedTuple):
    """For one set: the nDCG@10 of queries as given, and what may be lost of it."""

    given: float
    unmarked: float
    partly: float
    """With half of the marks dropped, or all tones."""


MUST: Final = {
    "viquad_devtest": Must(0.865, 0.008, 0.005),
    "zalo_wiki2019": Must(0.785, 0.015, 0.008),
    "alqac2024": Must(0.890, 0.008, 0.005),
}

SAME: Final = ("moved", "nfd", "upper")
"""Forms that say the same as the query as given, and must be answered the same, in every set."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure. `value` is None where something was missing to measure it; `must` is the least, or with `same` what
    it must equal."""

    figure: str
    value: float | None
    must: float | None
    same: bool = False

    @property
    def verdict(self) -> str:
        """Whether it is reached."""
        if self.value is None or self.must is None:
            return "not there"
        if self.same:
            return "met" if abs(self.value - self.must) <= EXACT else "MISSED"
        return "met" if self.value >= self.must - EXACT else "MISSED"


def goals(rows: Sequence[Row]) -> list[Goal]:
    """The goals of every set that was measured."""
    found = {(row.set, row.engine, row.form): row for row in rows}

    def value(name: str, form: str, figure: str, engine: str = OURS) -> float | None:
        row = found.get((name, engine, form))
        return row.figures[figure] if row else None

    def against_given(name: str, form: str, must: float, same: bool = False) -> Goal:
        given, other = value(name, "given", JUDGED), value(name, form, JUDGED)
        loss = None if given is None or other is None else other - given
        return Goal(f"{name}: {JUDGED} {form} - given", loss, must, same)

    def of_set(name: str, known: bool) -> Iterator[Goal]:
        if known:
            reference = value(name, "given", KNOWN, Pairs.name)
            yield Goal(f"{name}: {KNOWN} given, against {Pairs.name}", value(name, "given", KNOWN), reference)
            return
        if name in MUST:
            must = MUST[name]
            yield Goal(f"{name}: {JUDGED} given", value(name, "given", JUDGED), must.given)
            yield against_given(name, "unmarked", -must.unmarked)
            yield against_given(name, "half", -must.partly)
            yield against_given(name, "toneless", -must.partly)
        for form in SAME:
            yield against_given(name, form, 0.0, same=True)

    sets = dict.fromkeys((row.set, row.known) for row in rows)
    return [goal for name, known in sets for goal in of_set(name, known)]
