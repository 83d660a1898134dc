"""What a Vietnamese reader expects, as cases of third-party data ($VNSEARCH_DATA/behaviour/cases.jsonl).

Each level has a share of its cases to get right. Misspellings (`fuzzy`) may be matched by way of the suggestion.
Abbreviations (`syn`) are no matter of matching, and are only counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vnsearch import Document, Index
from vnsearch.text.tokens import tokenize

LEAST = {"core": 1.0, "ext": 0.9, "legacy": 0.9, "ime": 0.9, "syn": 0.8, "fuzzy": 0.8}
"""Level -> the share of its cases that must be right."""

UNRELATED = [
    "Trời hôm nay mưa rất to ở miền núi",
    "Giá vàng tăng mạnh phiên sáng",
    "Đội bóng thắng trận chung kết",
    "Món canh chua cá lóc dễ nấu",
    "Cây lúa trổ bông trên cánh đồng",
    "Tàu hỏa chạy đêm qua đèo",
    "Em bé ngủ ngoan trong nôi",
    "Chợ nổi họp từ tờ mờ sáng",
    "Bài hát cũ vang lên đâu đây",
    "Sách giáo khoa được in lại",
    "Con mèo nằm phơi nắng hiên nhà",
    "Quán cà phê đông khách cuối tuần",
]
"""Texts among which a ranking case stands."""


@pytest.fixture(scope="module")
def outcomes(data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, Any], str]]:
    """Each case with what is wrong with its outcome, "" where nothing is."""
    file = data / "behaviour" / "cases.jsonl"
    if not file.is_file():
        pytest.skip(f"no cases of behaviour: {file} does not exist")
    place = tmp_path_factory.mktemp("behaviour")
    cases = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return list(_outcomes(cases, place))


def _outcomes(cases: list[dict[str, Any]], place: Path) -> Iterator[tuple[dict[str, Any], str]]:
    with Index.create(place / "index") as index:
        for case in cases:
            yield case, (_match if "should_match" in case else _rank)(index, case, place)
            index.delete(hit.id for hit in index.search("*", limit=100))


def _match(index: Index, case: dict[str, Any], place: Path) -> str:
    if case["level"] == "legacy":
        # Old encodings are undone where files are read.
        folder = place / case["id"]
        folder.mkdir()
        (folder / "case.txt").write_text(case["text"], encoding="utf-8")
        index.sync(folder)
    else:
        index.add([Document("case", case["text"])])
    results = index.search(case["query"], match="all")
    if not results.total and case["level"] == "fuzzy":
        results = index.search(results.suggestion or "", match="all")
    if bool(results.total) is not case["should_match"]:
        return "is not found" if case["should_match"] else "is found"
    covered = []
    for hit in results:
        for passage in hit.passages:
            covered += [passage.text[begin:end] for begin, end in passage.spans]
            if not _on_borders(passage.text, passage.spans):
                return f"spans {passage.spans} cut through words"
    missing = [text for text in case.get("highlight", ()) if not any(text in span for span in covered)]
    return f"{missing} are not highlighted, {covered} are" if missing else ""


def _rank(index: Index, case: dict[str, Any], place: Path) -> str:
    texts = {f"other{number}": text for number, text in enumerate(UNRELATED)}
    texts |= {"worse": case["worse"], "better": case["better"]}
    index.add(Document(name, text) for name, text in texts.items())
    scores = {hit.id: hit.score for hit in index.search(case["query"], limit=50)}
    if "better" not in scores:
        return "the better text is not found"
    if scores["better"] <= scores.get("worse", -1.0):
        return f"the better text scores {scores['better']:.3f}, the worse {scores['worse']:.3f}"
    return ""


def _on_borders(text: str, spans: tuple[tuple[int, int], ...]) -> bool:
    tokens = list(tokenize(text))
    return {a for a, _ in spans} <= {t.begin for t in tokens} and {b for _, b in spans} <= {t.end for t in tokens}


@pytest.mark.parametrize("level", LEAST)
def test_a_level_has_its_share_right(outcomes: list[tuple[dict[str, Any], str]], level: str) -> None:
    mine = [(case, fault) for case, fault in outcomes if case["level"] == level]
    wrong = [f"{case['id']} (query {case['query']!r}): {fault}" for case, fault in mine if fault]
    assert mine, f"there is no case of level {level}"
    assert len(mine) - len(wrong) >= LEAST[level] * len(mine), f"{len(wrong)} of {len(mine)}:\n" + "\n".join(wrong)


def test_no_case_is_left_out(outcomes: list[tuple[dict[str, Any], str]], record_property: Any) -> None:
    levels = Counter(case["level"] for case, _ in outcomes)
    right = Counter(case["level"] for case, fault in outcomes if not fault)
    assert levels.keys() - LEAST.keys() <= {"syn"}
    for level in levels:
        record_property(level, f"{right[level]} of {levels[level]}")
