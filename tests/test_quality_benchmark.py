"""The benchmark of quality measures what it says: figures, forms, samples, the reference, and goals."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_sets import PAPERS, articles, beir, run
from strategies import syllables, texts

from benchmarks.quality import __main__ as command
from benchmarks.quality.bm25 import Bm25, words_of
from benchmarks.quality.engines import ENGINES, OURS, Bm25s, Documents, Engine, Pairs, Tantivy
from benchmarks.quality.evaluation import Row, evaluate
from benchmarks.quality.figures import DEPTH, NAMES, figures, mean
from benchmarks.quality.forms import FORMS, bare, is_bare, moved, toneless, typed
from benchmarks.quality.goals import goals
from benchmarks.quality.report import combined_table, goals_table
from benchmarks.quality.sets import QuerySet, SetError, read_beir, read_known
from vnsearch import Document
from vnsearch.text.canonical import canonical


def test_figures_of_an_answer_worked_out_by_hand() -> None:
    found = figures(["x", "a", "y", "b"], {"a": 1.0, "b": 1.0, "c": 1.0})
    ideal = 1 + 1 / math.log2(3) + 1 / 2
    assert found["nDCG@10"] == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)
    assert found["MRR@10"] == 1 / 2
    assert [found[f"recall@{k}"] for k in (1, 10, 100)] == [0, pytest.approx(2 / 3), pytest.approx(2 / 3)]


def test_gains_differ_and_zero_is_wrong() -> None:
    found = figures(["b", "zero", "a"], {"a": 2.0, "b": 1.0, "zero": 0.0})
    assert found["nDCG@10"] == pytest.approx((1 + 2 / 2) / (2 + 1 / math.log2(3)))
    assert found["recall@1"] == 1 / 2


def test_what_stands_beyond_the_tenth_place_counts_only_for_recall() -> None:
    found = figures([*map(str, range(10)), "a"], {"a": 1.0})
    assert [found[name] for name in NAMES] == [0, 0, 0, 0, 1]
    assert set(figures([], {"a": 1.0}).values()) == {0}


def test_the_mean_is_taken_figure_by_figure() -> None:
    found = mean([figures(["a"], {"a": 1.0}), figures([], {"a": 1.0})])
    assert set(found.values()) == {0.5}


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("given", "Đường hoà", "Đường hoà"),
        ("unmarked", "Đường phố HÀ NỘI?", "Duong pho HA NOI?"),
        ("unmarked", unicodedata.normalize("NFD", "đường phố"), "duong pho"),
        ("toneless", "Đường phố HÀ NỘI?", "Đương phô HA NÔI?"),
        ("moved", "hòa khoẻ thúy HOÀ", "hoà khỏe thuý HÒA"),
        ("moved", "quý toán hoa hoài thuyền oà", "quý toán hoa hoài thuyền òa"),
        ("nfd", "hòa", "ho\u0300a"),
        ("upper", "đường 5", "ĐƯỜNG 5"),
        ("confused", "nghĩ", "nghỉ"),
        ("confused", "cử", "cữ"),
        ("confused", "niño đá", "niño đá"),
    ],
)
def test_forms(form: str, text: str, expected: str) -> None:
    assert typed(form, text, "1") == expected


def test_half_takes_all_marks_of_some_syllables() -> None:
    text = "đường phố hà nội " * 50
    written = typed("half", text, "1").split()
    assert all(word in (given, bare(given)) for word, given in zip(written, text.split(), strict=True))
    assert 70 < sum(word == bare(word) for word in written) < 130
    assert typed("half", text, "1") == typed("half", text, "1") != typed("half", text, "2")


def test_confused_changes_one_vowel() -> None:
    text = "nghĩ nghỉ ngỡ cửa sổ"
    for seed in "12345":
        changed = sum(one != two for one, two in zip(text, typed("confused", text, seed), strict=True))
        assert changed == 1


@given(texts())
def test_forms_keep_the_letters(text: str) -> None:
    for form in FORMS:
        assert bare(typed(form, text, "1")).lower() == bare(text).lower()
    assert toneless(typed("confused", text, "1")) == toneless(text)
    assert is_bare(typed("unmarked", text, "1"))


@given(syllables)
def test_a_moved_tone_is_another_spelling_of_the_same(syllable: str) -> None:
    assert canonical(moved(syllable)) == canonical(syllable)
    assert moved(moved(syllable)) == syllable


class Recorder:
    """Finds nothing, and remembers what it was asked."""

    name = "recorder"

    def __init__(self, read: Callable[[str], str] = str) -> None:
        self.read = read
        self.asked: list[str] = []

    def search(self, query: str) -> list[str]:
        self.asked.append(query)
        return []


def many(count: int = 20) -> QuerySet:
    names = [f"q{number}" for number in range(count)]
    return QuerySet(
        "many", [], {name: f"đường phố hà nội nghĩ {name}" for name in names}, {name: {"a": 1.0} for name in names}
    )


def test_how_a_query_is_typed_does_not_depend_on_the_others() -> None:
    whole, part = Recorder(), Recorder()
    queries = many()
    assert len(list(evaluate("whole", whole, queries, FORMS, seed=1))) == len(FORMS)
    list(evaluate("part", part, queries.split(5, seed=1)[0], FORMS, seed=1))
    assert set(part.asked) < set(whole.asked)


def test_what_reads_the_same_is_asked_once() -> None:
    folding = Recorder(lambda query: bare(query).lower())
    rows = list(evaluate("folding", folding, many(3), FORMS, seed=1))
    assert len(folding.asked) == 3
    assert [row.form for row in rows] == list(FORMS)


def test_samples_are_fixed_and_apart() -> None:
    queries = many()
    one, two = queries.split(8, seed=1)
    assert [*one.queries] == [*queries.split(8, seed=1)[0].queries] != [*queries.split(8, seed=2)[0].queries]
    assert len(one.queries) == len(two.queries) == 8 and not one.queries.keys() & two.queries.keys()
    assert len(queries.split(15, seed=1)[1].queries) == 5
    assert list(queries.first(2).queries) == ["q0", "q1"]


def test_known_items_are_drawn_the_same_for_both_queries(tmp_path: Path) -> None:
    abstract, title = read_known(articles(tmp_path), 5, None, seed=1)
    assert (abstract.name, title.name) == ("news abstract", "news title")
    assert len(abstract.queries) == 5 and abstract.queries.keys() == title.queries.keys()
    for name in abstract.queries:
        assert abstract.queries[name] == f"a{name}" and title.queries[name] == f"t{name}"
        assert abstract.judged[name] == title.judged[name] == {name: 1.0}
    assert abstract.documents[3] == Document("3", "x3", "t3")
    assert title.documents[3] == Document("3", "x3", "")


def test_known_items_are_a_fixed_sample_of_what_can_be_asked_for(tmp_path: Path) -> None:
    plain, packed = articles(tmp_path), articles(tmp_path, ".gz")
    assert read_known(plain, 5, None, 1)[0].queries == read_known(packed, 5, None, 1)[0].queries
    assert read_known(plain, 5, None, 1)[0].queries != read_known(plain, 5, None, 2)[0].queries
    few = read_known(plain, 5, 4, 1)[0]
    assert len(few.documents) == 4 and few.queries.keys() == {"1", "3"}


@pytest.mark.parametrize("gains_path", ["qrels.tsv", "qrels/test.tsv"])
def test_queries_without_an_answer_are_left_out(tmp_path: Path, gains_path: str) -> None:
    read = read_beir(beir(tmp_path, gains_path=gains_path))
    assert read.queries == {"q1": "phở gà", "q2": "Hà Nội"}
    assert read.documents == PAPERS and read.judged["q2"] == {"c": 1.0}


@pytest.mark.parametrize(
    ("name", "content"),
    [("corpus.jsonl", "{"), ("corpus.jsonl", "[1]\n"), ("queries.jsonl", '{"_id": 1}'), ("qrels.tsv", "\nq1 a 1\n")],
)
def test_a_folder_that_is_no_set_is_one_clear_error(tmp_path: Path, name: str, content: str) -> None:
    (beir(tmp_path) / name).write_text(content)
    with pytest.raises(SetError, match=name):
        read_beir(tmp_path)


def plain_bm25(query: str, pair_weight: float, fold: bool) -> list[str]:
    """The formula, document by document."""

    def words(text: str) -> list[str]:
        return [bare(word) if fold else word for word in words_of(text)]

    held = [words(f"{paper.title}\n{paper.text}") for paper in PAPERS]
    average = sum(map(len, held)) / len(held)
    scores = dict.fromkeys((paper.id for paper in PAPERS), 0.0)
    wanted: list[tuple[tuple[str, ...], float]] = [((word,), 1.0) for word in words(query)]
    wanted += [(pair, pair_weight) for pair in pairwise(words(query))]
    for row, weight in wanted:
        counts = [sum(tuple(row) == tuple(text[i : i + len(row)]) for i in range(len(text))) for text in held]
        df = sum(count > 0 for count in counts)
        for paper, text, tf in zip(PAPERS, held, counts, strict=True):
            idf = math.log(1 + (len(PAPERS) - df + 0.5) / (df + 0.5))
            scores[paper.id] += weight * idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len(text) / average)) if tf else 0
    return [name for name, score in sorted(scores.items(), key=lambda item: -item[1]) if score > 0]


@given(st.lists(st.sampled_from("phở pho bò bún gà Hà Nội noi Huế món ngon zzz".split()), max_size=5).map(" ".join))
def test_the_reference_is_the_formula(query: str) -> None:
    for fold in (False, True):
        for pair_weight in (0.0, 0.5):
            assert Bm25(PAPERS, fold).search(query, pair_weight) == plain_bm25(query, pair_weight, fold)


def test_the_reference_gives_the_best_of_many_and_of_equals_the_first() -> None:
    papers = [Document(str(number), "phở bò" if number % 2 else "phở phở") for number in range(3 * DEPTH)]
    assert Bm25(papers).search("phở") == [str(number) for number in range(0, 2 * DEPTH, 2)]
    assert Bm25([Document("a", "một"), Document("b", "hai")]).search("một hai", 9.0) == ["a", "b"]


def test_pairs_look_without_marks_where_a_query_has_none(tmp_path: Path) -> None:
    engine = Pairs(Documents(PAPERS), tmp_path)
    assert engine.search("Hà Nội") == ["a"]
    assert set(engine.search("Ha Noi")) == {"a", "c"}


@pytest.mark.parametrize("engine", ENGINES.values())
def test_every_engine_answers_anything(engine: type[Engine], tmp_path: Path) -> None:
    if engine.missing():
        pytest.skip(f"{engine.name}: {engine.missing()}")
    made = engine(Documents(PAPERS), tmp_path)
    assert made.search("phở gà")[0] == "a"
    for odd in ("", "???", '"phở (', "a:b", "AND NOT", "không_có"):
        assert isinstance(made.search(odd), list)
    made.close()


def row(name: str, form: str, value: float, engine: str = OURS, known: bool = False) -> Row:
    return Row(name, known, form, engine, 1, dict.fromkeys(NAMES, value))


def verdicts(rows: list[Row]) -> dict[str, str]:
    return {goal.figure: goal.verdict for goal in goals(rows)}


def test_goals_of_a_judged_set() -> None:
    name = "zalo_wiki2019"
    found = verdicts(
        [row(name, "given", 0.79), row(name, "half", 0.781), row(name, "nfd", 0.79), row(name, "upper", 0.8)]
    )
    assert found == {
        f"{name}: nDCG@10 given": "met",
        f"{name}: nDCG@10 unmarked - given": "not there",
        f"{name}: nDCG@10 half - given": "MISSED",
        f"{name}: nDCG@10 toneless - given": "not there",
        f"{name}: nDCG@10 moved - given": "not there",
        f"{name}: nDCG@10 nfd - given": "met",
        f"{name}: nDCG@10 upper - given": "MISSED",
    }


def test_goals_of_known_items_and_of_any_set() -> None:
    rows = [row("news title", "given", 0.7, known=True), row("news title", "given", 0.7, Pairs.name, known=True)]
    assert verdicts(rows) == {"news title: MRR@10 given, against BM25 pairs": "met"}
    assert verdicts(rows[:1]) == {"news title: MRR@10 given, against BM25 pairs": "not there"}
    assert set(verdicts([row("other", "given", 0.1), row("other", "moved", 0.1)]).values()) == {"met", "not there"}


def test_tables_hold_every_form_and_the_difference_to_given() -> None:
    rows = [row("one", "given", 0.5), row("one", "half", 0.25), row("one", "half", 0.75, Tantivy.name)]
    lines = combined_table(rows).splitlines()
    assert [line.split() for line in lines[2:]] == [
        ["one", "given", "0.5000", "-", "-"],
        ["one", "half", "0.2500", "0.7500", "-0.2500"],
    ]
    assert "equal" in goals_table(goals(rows))


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(Bm25s, "needs", ("no_such_library",))
    saved = tmp_path / "result.json"
    engines = "vnsearch,BM25 pairs,bm25s"
    options = ("--known", articles(tmp_path), "--engines", engines, "--output", saved)
    assert run(command.main, monkeypatch, beir(tmp_path / "set"), *options) == 0
    said = capsys.readouterr()
    assert said.err.count("bm25s: no_such_library not installed; its rows are left out") == 1
    result = json.loads(saved.read_text(encoding="utf-8"))
    assert {(row["set"], row["engine"]) for row in result["rows"]} == {
        (name, engine) for name in ("set", "news abstract", "news title") for engine in ("vnsearch", "BM25 pairs")
    }
    assert result["seed"] == 1 and result["machine"] and "vnsearch" in result["versions"] and result["goals"]
    assert "set: nDCG@10 nfd - given" in said.out


def test_the_command_without_sets_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command.main, monkeypatch) == run(command.main, monkeypatch, "nowhere") == 2
    told = [line for line in capsys.readouterr().err.splitlines() if "not installed" not in line]
    assert len(told) == 2
