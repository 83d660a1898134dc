"""The tables, and the file they are saved to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from ..printing import save_json, table
from .goals import Building, Goal
from .latency import Latency


def buildings_table(rows: Iterable[Building]) -> str:
    return table(
        ("building", "articles", "seconds", "MB/s", "index MB", "/ text", "peak MB", "peak MB searching"),
        (
            (
                row.engine,
                f"{row.articles:,}",
                f"{row.seconds:.2f}",
                f"{row.rate:.2f}",
                f"{row.index:.1f}",
                f"{row.index / row.megabytes:.2f}",
                _or_dash(row.peak_building),
                _or_dash(row.peak_searching),
            )
            for row in rows
        ),
    )


def latencies_table(rows: Iterable[Latency]) -> str:
    return table(
        ("querying", "articles", "kind", "p50 ms", "p95 ms", "first p50 ms", "answered"),
        (
            (
                row.engine,
                f"{row.articles:,}",
                row.kind,
                f"{row.p50:.3f}",
                f"{row.p95:.3f}",
                f"{row.first:.3f}",
                f"{row.answered}/{row.queries}",
            )
            for row in rows
        ),
    )


def goals_table(rows: Iterable[Goal]) -> str:
    return table(
        ("figure", "measured", "must", "aim", "verdict"),
        (
            (
                row.figure,
                "-" if row.value is None else _with_unit(row.value, row.unit),
                (">= " if row.at_least else "<= ") + _with_unit(row.must, row.unit),
                (">= " if row.at_least else "<= ") + _with_unit(row.aim, row.unit),
                row.verdict,
            )
            for row in rows
        ),
    )


def save(
    path: Path,
    about: Mapping[str, object],
    buildings: Iterable[Building],
    latencies: Iterable[Latency],
    goals: Iterable[Goal],
) -> None:
    """Everything that was printed, as JSON."""
    result = {
        **about,
        "building": [asdict(row) for row in buildings],
        "querying": [asdict(row) for row in latencies],
        "goals": [{**asdict(row), "verdict": row.verdict} for row in goals],
    }
    save_json(path, result)


def _or_dash(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def _with_unit(value: float, unit: str) -> str:
    return {"MB": f"{value:,.0f} MB", "ms": f"{value:.3g} ms"}.get(unit, f"{value:.3g}x")
