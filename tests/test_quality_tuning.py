"""The tuner of ranking finds what is best, and says what keeps it from looking."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from query_sets import articles, beir, run

from benchmarks.quality import tune
from benchmarks.quality.ascent import Point, Try, ascend
from benchmarks.quality.engines import Vnsearch

GRID = {"x": (0.0, 1.0, 2.0, 3.0), "y": (0.0, 1.0, 2.0)}


def test_ascent_finds_the_best_of_parameters_that_do_not_depend_on_each_other() -> None:
    tries: list[Try] = []
    best = ascend(
        lambda p: {"one": -((p["x"] - 2) ** 2), "two": -((p["y"] - 1) ** 2)},
        {"x": 0.5, "y": 0.0},
        GRID,
        9,
        tries.append,
    )
    assert best == {"x": 2.0, "y": 1.0}
    assert max(step.round for step in tries) == 2, "the second round changed nothing"
    assert [step.better for step in tries].count(True) == 4  # the start, x at 1 and 2, y at 1


def test_ascent_takes_as_many_rounds_as_it_may_where_parameters_depend_on_each_other() -> None:
    seen: list[Point] = []

    def ridge(point: Point) -> dict[str, float]:
        seen.append(dict(point))
        return {"one": -((point["x"] - point["y"]) ** 2) - 0.6 * (point["x"] - 3) ** 2}

    grid = dict.fromkeys("xy", (0.0, 1.0, 2.0, 3.0))
    start = {"x": 0.0, "y": 0.0}
    assert ascend(ridge, start, grid, 1, lambda _: None) == {"x": 1.0, "y": 1.0}
    seen.clear()
    assert ascend(ridge, start, grid, 9, lambda _: None) == {"x": 2.0, "y": 2.0}
    assert len(seen) == len({tuple(point.values()) for point in seen}), "no point is looked at twice"


def test_ascent_keeps_what_it_has_among_equals() -> None:
    assert ascend(lambda _: {"one": 1.0}, {"x": 7.0, "y": 7.0}, GRID, 3, lambda _: None) == {"x": 7.0, "y": 7.0}


def fake_weights(**values: object) -> ModuleType:
    module = ModuleType(tune.WEIGHTS)
    vars(module).update(values)
    return module


def test_the_tuner_sets_attributes_and_keeps_what_answers_best(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = fake_weights(PAIR=0.1, POWER=1.0)
    monkeypatch.setitem(sys.modules, tune.WEIGHTS, weights)
    opened: list[int] = []
    monkeypatch.setattr(Vnsearch, "reopen", lambda engine: opened.append(id(engine)))
    monkeypatch.setattr(Vnsearch, "search", lambda _, query: ["a", "c"] if vars(weights)["PAIR"] == 0.6 else [])
    saved = tmp_path / "tuned.json"
    options = ("--known", articles(tmp_path), "--parameters", "PAIR,POWER", "--sample", "1", "--output", saved)
    assert run(tune.main, monkeypatch, beir(tmp_path), *options) == 0
    result = json.loads(saved.read_text(encoding="utf-8"))
    assert result["start"] == {"PAIR": 0.1, "POWER": 1.0}
    assert result["chosen"] == {"PAIR": 0.6, "POWER": 1.0}
    assert result["sampled"][0].keys() == {tmp_path.name, "known items"}
    assert len(opened) >= 3 * len(result["tries"]), "each try opens every index anew"
    assert "POWER makes no difference on these sets" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (None, "there is no module"),
        (fake_weights(PAIR=0.5), "has no number named POWER"),
        (fake_weights(PAIR="half", POWER=1), "has no number named PAIR"),
    ],
)
def test_parameters_that_are_not_there_are_one_clear_error(
    module: ModuleType | None, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, tune.WEIGHTS, module)
    assert run(tune.main, monkeypatch, "--parameters", "PAIR,POWER") == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and message in said[0]


def test_the_tuner_without_sets_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, tune.WEIGHTS, fake_weights(**dict.fromkeys(tune.GRID, 1.0)))
    assert run(tune.main, monkeypatch) == run(tune.main, monkeypatch, "nowhere") == 2
    assert len(capsys.readouterr().err.splitlines()) == 2
