"""The first page is the one that scoring every unit gives, whatever is skipped on the way to it."""

from __future__ import annotations

import random
from collections import deque
from pathlib import Path

import numpy as np
import pytest

from vnsearch import Document, Index
from vnsearch.search import board, ranking
from vnsearch.search.context import read_context
from vnsearch.search.matching import Matcher
from vnsearch.search.parser import parse
from vnsearch.search.ranking import rank, score_units
from vnsearch.search.scoring import Scorer
from vnsearch.search.slots import MarksPolicy

WORDS = [f"{onset}{rime}" for onset in ("m", "t", "l", "") for rime in ("a", "á", "an", "ăn", "ôn", "ong")]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Documents of words of which some are everywhere and some are rare, a part of them deleted."""
    rng = random.Random(4)
    weights = [1 / (place + 1) for place in range(len(WORDS))]

    def words(count: int) -> str:
        return " ".join(rng.choices(WORDS, weights, k=count))

    made = Index.create(tmp_path_factory.mktemp("ranking") / "index")
    for part in range(2):
        made.add(
            Document(
                f"{part}-{number}",
                "\n".join(words(rng.randint(60, 90)) for _ in range(rng.randint(1, 4))),
                title=words(rng.randint(0, 6)),
                fields={"even": number % 2 == 0},
            )
            for number in range(700)
        )
    made.delete([f"0-{number}" for number in range(0, 700, 9)])
    return made


@pytest.mark.parametrize("worthwhile", [0, 1 << 40])
@pytest.mark.parametrize("looking_up", [0, 1, 1 << 40])
@pytest.mark.parametrize("few", [0, 200, 1 << 40])
@pytest.mark.parametrize("group", ["document", "passage"])
def test_what_is_skipped_is_not_missed(
    index: Index, monkeypatch: pytest.MonkeyPatch, group: str, few: int, looking_up: int, worthwhile: int
) -> None:
    monkeypatch.setattr(ranking, "FEW", few)
    monkeypatch.setattr(ranking, "WORTHWHILE", worthwhile)
    monkeypatch.setattr(ranking, "LOOKING_UP", looking_up)
    monkeypatch.setattr(ranking, "PROMISING", 1.1)
    monkeypatch.setattr(board, "BLOCK", 8)
    monkeypatch.setattr(index._snapshot, "spare", {"document": deque(), "passage": deque()})
    rng = random.Random(5)
    snapshot = index._snapshot
    for _ in range(60):
        asked = rng.sample(WORDS, rng.randint(1, 6))
        root = parse(" ".join(asked)).root
        assert root is not None
        matcher = Matcher(snapshot, rng.choice([MarksPolicy.COMPATIBLE, MarksPolicy.CONFLICTING]), group)  # type: ignore[arg-type]
        matched = matcher.match(root, rng.choice(["any", "most", None]))
        if rng.random() < 0.3:
            matched &= np.arange(len(matched)) % 3 == 0
        units = np.flatnonzero(matched)
        scorer = Scorer(matcher, group)  # type: ignore[arg-type]
        features = scorer.features(read_context(matcher, list(matcher.positive(root))).asked)
        plain = score_units(scorer, features, units)
        order = np.lexsort((units, -plain.scores))
        for wanted in (1, 10, 50, 5000):
            found = rank(scorer, features, matched, len(units), wanted)
            assert found.scores.tolist() == pytest.approx(plain.scores[order][:wanted].tolist(), rel=1e-5)
            # Equal scores, but for the rounding of sums in another order, may change places.
            near = {*units[plain.scores >= found.scores.min() * 0.9999].tolist()} if len(found.scores) else set()
            assert {*found.units.tolist()} <= near and len({*found.units.tolist()}) == min(wanted, len(units))


def test_a_board_is_given_back_empty(index: Index) -> None:
    index.search("ma ta la", match="any")
    spare = index._snapshot.spare["document"]
    assert spare and not any(cells.any() for cells in spare)


def test_one_document_that_leads_with_all_its_passages(tmp_path: Path) -> None:
    """Ten documents were wanted, and the records that led were all of one: everything was scored."""
    long = "\n\n".join("vàng bạc đá quý " * 20 for _ in range(300))
    with Index.create(tmp_path / "index") as made:
        made.add([Document("long", long), *(Document(f"n{n}", "vàng " + "mây trời " * 40) for n in range(400))])
        found = made.search("vàng bạc", match="any")
    assert found[0].id == "long" and len(found) == 10 and found.total == 401
