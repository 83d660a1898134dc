"""The tables, and the file they are saved to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from ..printing import save_json, table
from .engines import ENGINES, OURS
from .evaluation import Row
from .figures import NAMES
from .goals import JUDGED, Goal


def rows_table(rows: Sequence[Row]) -> str:
    """Every figure of one set, form by form."""
    forms = list(dict.fromkeys(row.form for row in rows))
    ordered = sorted(rows, key=lambda row: forms.index(row.form))
    return table(
        ("form", "engine", *NAMES),
        [(row.form, row.engine, *(f"{row.figures[name]:.4f}" for name in NAMES)) for row in ordered],
        texts=2,
    )


def combined_table(rows: Sequence[Row]) -> str:
    """nDCG@10 of every set, form and engine, and how far ours is from itself on queries as given."""
    found = {(row.set, row.form, row.engine): row.figures[JUDGED] for row in rows}
    engines = [name for name in ENGINES if any(row.engine == name for row in rows)]

    def difference(name: str, form: str) -> str:
        here, given = found.get((name, form, OURS)), found.get((name, "given", OURS))
        return "-" if here is None or given is None or form == "given" else f"{here - given:+.4f}"

    def shown(value: float | None) -> str:
        return "-" if value is None else f"{value:.4f}"

    lines = [
        (name, form, *(shown(found.get((name, form, engine))) for engine in engines), difference(name, form))
        for name, form in dict.fromkeys((row.set, row.form) for row in rows)
    ]
    return table((JUDGED, "form", *engines, f"{OURS} - given"), lines, texts=2)


def goals_table(goals: Sequence[Goal]) -> str:
    """What must be reached, and what is."""

    def bound(goal: Goal) -> str:
        if goal.must is None:
            return "-"
        if goal.same:
            return "equal"
        return f">= {goal.must:.4f}" if goal.must > 0 else f">= {goal.must:+.4f}"

    def reached(goal: Goal) -> str:
        if goal.value is None:
            return "-"
        return f"{goal.value:+.4f}" if goal.same or (goal.must or 0.0) < 0 else f"{goal.value:.4f}"

    return table(
        ("figure", "must", "reached", "verdict"),
        [(goal.figure, bound(goal), reached(goal), goal.verdict) for goal in goals],
    )


def save(path: Path, about: Mapping[str, object], rows: Sequence[Row], goals: Sequence[Goal]) -> None:
    """Everything that was printed, as JSON."""
    result = {
        **about,
        "rows": [asdict(row) for row in rows],
        "goals": [{**asdict(goal), "verdict": goal.verdict} for goal in goals],
    }
    save_json(path, result)
