"""Synonyms: which stretches of a query have any, what is looked for then, and what that is worth."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from contract import one_line
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vnsearch import Document, Index
from vnsearch.engine.snapshot import Snapshot
from vnsearch.errors import SynonymsError
from vnsearch.search.context import read_context
from vnsearch.search.expansion import expand, expanded
from vnsearch.search.highlighting import Highlighter
from vnsearch.search.matching import Matcher
from vnsearch.search.parser import parse
from vnsearch.search.query import Bag, Node, Or, Phrase, Word
from vnsearch.search.reranking import Judge
from vnsearch.search.slots import BODY, MarksPolicy
from vnsearch.search.synonyms import (
    LARGEST_FILE,
    MOST_OTHERS,
    WEIGHT,
    Synonyms,
    _firsts,
    _letter,
    learned,
    read_file,
)
from vnsearch.text.equivalents import Definition, national, parse_groups
from vnsearch.text.tokens import tokenize

COUNTRY = Synonyms(national())


def synonyms(lines: str) -> Synonyms:
    return Synonyms(parse_groups(lines, "x"))


def found(held: Synonyms, row: str, capitals: Sequence[bool] = ()) -> list[tuple[int, int, list[str]]]:
    expansions = held.expansions(row.split(), capitals)
    return [(first, last, [" ".join(other.row) for other in others]) for first, last, others in expansions]


class TestExpansions:
    def test_both_ways_with_and_without_marks(self) -> None:
        assert found(COUNTRY, "ubnd tỉnh") == [(0, 1, ["ủy ban nhân dân"])]
        for typed in ("ủy ban nhân dân", "uy ban nhan dan", "uỷ ban nhan dân", "ủy ban nhân dan"):
            row = " ".join(token.canonical for token in tokenize(typed))
            assert found(COUNTRY, f"chủ tịch {row} xã") == [(2, 6, ["ubnd"])]
        assert found(COUNTRY, "hđnd") == found(COUNTRY, "hdnd") == [(0, 1, ["hội đồng nhân dân"])]
        assert found(COUNTRY, "thanh phô hô chi minh viêt") == [(0, 5, ["tp hcm", "tphcm", "tp hồ chí minh"])]

    def test_what_was_asked_before_changes_nothing(self) -> None:
        lines = "TP.HCM = Sài Gòn = tp hồ chí minh\ntphcm = SG\nSG = sài gòn\ntp = thành phố"
        rows = ["tphcm", "tp hcm", "sài gòn", "tp", "sg", "thành phố hồ chí minh", "tp hồ chí minh"]
        fresh = {row: found(synonyms(lines), row, (True,)) for row in rows}
        assert all(fresh.values())
        for order in (rows, rows[::-1]):
            held = synonyms(lines)
            assert {row: found(held, row, (True,)) for row in order} == fresh

    def test_other_marks_are_another_phrase(self) -> None:
        assert found(COUNTRY, "ủy bàn nhân dân") == []
        assert found(synonyms("ha noi = thu do"), "hà nội") == [(0, 2, ["thu do"])]  # a list without marks
        held = synonyms("CQ = cơ quan\nCQ = cổ quan\nCQ = cờ quan")
        assert found(held, "cơ quan") == found(held, "cổ quan") == [(0, 2, ["cq"])]
        assert found(held, "cq") == [(0, 1, ["cơ quan", "cổ quan", "cờ quan"])]

    def test_an_abbreviation_of_two_letters_needs_its_stroke(self) -> None:
        assert found(COUNTRY, "đv") == [(0, 1, ["đảng viên"])]
        assert found(COUNTRY, "dv") == found(COUNTRY, "nd") == []

    def test_the_longest_is_taken_and_nothing_in_it(self) -> None:
        held = synonyms("a b c = x\nb c = y\na = z\nc = w")
        assert found(held, "a b c a b c c") == [(0, 3, ["x"]), (3, 6, ["x"]), (6, 7, ["w"])]
        assert found(held, "a b b c") == [(0, 1, ["z"]), (2, 4, ["y"])]

    def test_one_way(self) -> None:
        held = synonyms("ko = k0 => không")
        assert found(held, "ko") == found(held, "k0") == [(0, 1, ["không"])]
        assert found(held, "không") == []

    def test_several_tokens_in_one_chunk_are_one_token_too(self) -> None:
        held = synonyms("GD&ĐT = giáo dục và đào tạo")
        assert found(held, "gd đt") == [(0, 2, ["gdđt", "giáo dục và đào tạo"])]
        assert found(held, "gdđt") == [(0, 1, ["gd đt", "giáo dục và đào tạo"])]
        assert found(held, "giáo dục và đào tạo") == [(0, 5, ["gd đt", "gdđt"])]

    def test_an_abbreviation_that_is_a_syllable_is_one_only_in_capitals(self) -> None:
        held = synonyms("TIN = trung tâm tin học\nCA = công an")
        assert found(held, "tin ca") == []
        assert found(held, "tin ca", [True, False]) == [(0, 1, ["trung tâm tin học"])]
        # A text does not tell CA from ca sĩ, so that is not looked for.
        assert found(held, "công an") == found(held, "trung tâm tin học") == []
        assert found(COUNTRY, "trung ương") == [(0, 2, ["tw", "t ư", "t w"])]

    def test_words_of_users_are_words_in_any_case(self) -> None:
        held = synonyms("Mồng = mùng\nheo = lợn")
        assert found(held, "mồng heo") == [(0, 1, ["mùng"]), (1, 2, ["lợn"])]

    def test_there_is_a_bound_to_what_is_looked_for(self) -> None:
        lines = "\n".join(f"a = b{number}" for number in range(100))
        ((_, _, others),) = found(synonyms(lines), "a")
        assert len(others) == MOST_OTHERS

    @given(st.lists(st.sampled_from("a b c x".split()), max_size=9))
    def test_stretches_ascend_and_do_not_overlap(self, row: list[str]) -> None:
        held = synonyms("a b = x\nb c a = c\na = b")
        last = 0
        for expansion in held.expansions(row):
            assert last <= expansion.first < expansion.last <= len(row)
            assert all(other.row != tuple(row[expansion.first : expansion.last]) for other in expansion.others)
            last = expansion.last


def test_who_asks_while_another_thread_reads_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first to ask marked a group as read before it read it, and whoever came in between missed it."""
    held, reading, go_on = synonyms("xe xanh = mô tô"), threading.Event(), threading.Event()
    add = Synonyms._add

    def add_slowly(self: Synonyms, *given: Any) -> None:
        reading.set()
        go_on.wait(10)
        add(self, *given)

    monkeypatch.setattr(Synonyms, "_add", add_slowly)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(held.may_hold, ["xe", "xanh"])
        assert reading.wait(10)
        second = threads.submit(held.may_hold, ["xe", "xanh"])
        assert not wait([second], 0.05).done
        go_on.set()
        assert first.result() and second.result()


class TestFirstWords:
    @given(st.text(st.sampled_from("aAđĐÐởƠyỳioơd\u031b\u0301\u0335\u00adеТ東.-(&1 ") | st.characters(), min_size=1))
    @example("Y tế")
    @example("TP.HCM")
    @example("ởi")
    def test_the_first_letter_is_that_of_all_first_words(self, phrase: str) -> None:
        phrase = phrase.strip()
        if any(tokenize(phrase)):
            assert all(first.startswith(_letter(phrase)) for first in _firsts(phrase))

    def test_nearly_all_are_known_by_their_letter(self) -> None:
        phrases = [phrase for group in national() for phrase in group.typed]
        assert sum(_letter(phrase) == "" for phrase in phrases) < len(phrases) / 100


class TestLearned:
    def test_the_most_frequent_long_form_wins(self) -> None:
        counts = {Definition("CB", "cán bộ"): 2, Definition("CB", "công báo"): 3, Definition("Cb", "chế biến"): 1}
        assert [group.typed for group in learned(counts)] == [("CB", "công báo")]

    def test_equal_ones_are_told_apart_by_their_spelling(self) -> None:
        counts = {Definition("CB", "công báo"): 2, Definition("CB", "cán bộ"): 2}
        assert learned(counts) == learned(dict(reversed(counts.items())))

    def test_units_of_measure_are_not_learned(self) -> None:
        assert learned({Definition("KM", "khuyến mãi"): 9}) == []

    def test_of_a_collection(self, tmp_path: Path) -> None:
        with Index.create(tmp_path / "index") as index:
            index.add([Document("a", "Quốc lộ xanh (QLX) mới mở. Hội khỏe (HK)")])
            snapshot = index._store.snapshot()
            held = Synonyms.of(snapshot)
            assert found(held, "qlx") == [(0, 1, ["quốc lộ xanh"])]
            assert found(held, "ubnd") == [(0, 1, ["ủy ban nhân dân"])]
            assert Synonyms.of(snapshot) is held
            own = tuple(parse_groups("qlx = đường mới", "x"))
            assert found(Synonyms.of(snapshot, own), "qlx") == [(0, 1, ["quốc lộ xanh", "đường mới"])]
            assert Synonyms.of(snapshot, own) is Synonyms.of(snapshot, own)


class TestFile:
    def test_a_file_of_a_user(self, tmp_path: Path) -> None:
        file = tmp_path / "own.txt"
        file.write_text("heo = lợn\n", encoding="utf-8")
        assert found(Synonyms(read_file(file)), "heo") == [(0, 1, ["lợn"])]

    def test_what_cannot_be_read_is_one_line(self, tmp_path: Path) -> None:
        bad = {"none": None, "line": b"heo = heo\nheo\n", "latin": b"h\xe9o = x", "long": b"#" * (LARGEST_FILE + 1)}
        for name, data in bad.items():
            file = tmp_path / name
            if data is not None:
                file.write_bytes(data)
            with pytest.raises(SynonymsError) as raised:
                read_file(file)
            assert one_line(raised.value) and str(file) in str(raised.value)
        with pytest.raises(SynonymsError):
            read_file(tmp_path)
        with pytest.raises(SynonymsError, match="line 2"):
            read_file(tmp_path / "line")


def also(node: Node) -> dict[str, list[str]]:
    """What else will do for each word of a bag."""
    words = node.should if isinstance(node, Bag) else (node,)
    return {word.text: [text for text, _ in word.also] for word in words if isinstance(word, Word) and word.also}


def read(query: str, held: Synonyms = COUNTRY) -> dict[str, list[str]]:
    root = parse(query, fields=["title", "source"]).root
    assert root is not None
    return also(expand(root, held).root)


class TestExpand:
    def test_each_word_of_a_stretch_may_be_the_abbreviation(self) -> None:
        assert read("ủy ban nhân dân tỉnh") == {word: ["ubnd"] for word in ("ủy", "ban", "nhân", "dân")}
        assert read("UBND tỉnh") == {"UBND": ["ủy ban nhân dân"]}
        assert read("UBND") == {"UBND": ["ủy ban nhân dân"]}

    def test_only_whole_chunks(self) -> None:
        assert read("05-CT/TW") == {}
        assert read("TP.HCM") == {"TP.HCM": ["tphcm", "tp hồ chí minh", "thành phố hồ chí minh"]}
        assert read("giáo dục & đào tạo")["tạo"] == ["gd đt", "gdđt", "giáo dục và đào tạo"]

    def test_what_was_quoted_or_excluded_or_is_a_field_stays(self) -> None:
        for query in ('"ủy ban nhân dân"', "source:UBND", "ubn*", "ubnd~1"):
            assert read(query) == {}
        root = parse("tỉnh -UBND NOT HĐND").root
        assert root is not None and expand(root, COUNTRY) == (root, ())

    def test_inside_operators_and_titles(self) -> None:
        root = parse("title:UBND OR (ủy ban nhân dân AND +BTV)", fields=["title"]).root
        assert root is not None
        assert str(expand(root, COUNTRY).root) == str(root)
        assert len(expand(root, COUNTRY).notes) == 3

    def test_words_of_two_fields_are_no_stretch(self) -> None:
        root = parse("ủy ban title:nhân title:dân", fields=["title"]).root
        assert root is not None and expand(root, COUNTRY).notes == ()

    def test_notes_tell_what_was_expanded(self) -> None:
        query = expanded(parse("Uy ban nhan dan TP va UBND"), COUNTRY)
        assert query.notes == ("Uy ban nhan dan: UBND", "TP: thành phố", "UBND: ủy ban nhân dân")
        assert expanded(parse(""), COUNTRY) == parse("")

    def test_capitals_mean_nothing_in_a_headline(self) -> None:
        held = synonyms("CA = công an\nTIN = trung tâm tin học")
        assert read("CA", held) == {"CA": ["công an"]}
        assert read("CA TP.HCM", held) == {"CA": ["công an"]}
        assert read("CA bắt ba người", held) == {"CA": ["công an"]}
        assert read("ca sĩ", held) == read("BẢN TIN CA SÁNG", held) == {}

    def test_dates_and_numerals(self) -> None:
        assert read("đại hội 13") == {"13": ["xiii"]}
        assert read("2/9/1945") == {"2/9/1945": ["2 tháng 9 năm 1945", "02 tháng 9 năm 1945"]}
        assert read("2 tháng 9 năm 1945") == {word: ["2/9/1945"] for word in ("2", "tháng", "9", "năm", "1945")}


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    with Index.create(tmp_path / "index") as index:
        index.add(
            [
                Document("long", "Ủy ban nhân dân tỉnh họp bàn việc nước, việc nhà và việc làng."),
                Document("short", "UBND tỉnh họp bàn việc nước, việc nhà và việc làng."),
                Document("parts", "Dân nhân việc ban đêm ủy nhiệm cho tỉnh"),
                Document("other", "Hội đồng nhân dân tỉnh họp bàn việc nước"),
                Document("title", "Họp bàn việc nước", title="UBND tỉnh"),
                *(Document(f"n{number}", f"Trời mưa to lần {number}") for number in range(20)),
            ]
        )
        return index._store.snapshot()


def answer(snapshot: Snapshot, query: str, held: Synonyms = COUNTRY, group: str = "document") -> dict[str, float]:
    """The documents that match, the best first, with their scores."""
    root = parse(query).root
    assert root is not None
    root = expand(root, held).root
    matcher = Matcher(snapshot, MarksPolicy.COMPATIBLE, group)  # type: ignore[arg-type]
    matched = matcher.match(root)
    judge = Judge(matcher, read_context(matcher, list(matcher.positive(root))))
    best, _ = judge.first(matched, int(matched.sum()), slice(0, 50))
    documents = best.units if group == "document" else snapshot.document_of[best.units]
    names = [snapshot.card(document).id for document in documents.tolist()]
    return dict(zip(names, best.scores.tolist(), strict=True))


class TestMatching:
    @pytest.mark.parametrize("group", ["document", "passage"])
    def test_the_abbreviation_will_do_for_the_words(self, snapshot: Snapshot, group: str) -> None:
        for query in ("ủy ban nhân dân tỉnh", "uy ban nhan dan tinh", "tỉnh ủy ban nhân dân"):
            names = list(answer(snapshot, query, group=group))
            assert set(names) == {"long", "short", "parts", "title"} - ({"title"} if group == "passage" else set())
            assert next(name for name in names if name != "title") == "long"  # a title counts for more

    @pytest.mark.parametrize("group", ["document", "passage"])
    def test_the_words_will_do_for_the_abbreviation(self, snapshot: Snapshot, group: str) -> None:
        for query in ("UBND tỉnh", "ubnd tinh"):
            names = list(answer(snapshot, query, group=group))
            assert set(names) == {"long", "short", "title"} - ({"title"} if group == "passage" else set())
            assert names.index("short") < names.index("long")

    def test_what_was_typed_is_worth_more(self, snapshot: Snapshot) -> None:
        scores = answer(snapshot, "UBND")
        assert 0 < scores["long"] < scores["short"]
        root = expand(Word("UBND"), COUNTRY).root
        assert isinstance(root, Word)
        matcher = Matcher(snapshot, MarksPolicy.COMPATIBLE, "document")
        leaf = matcher.leaf(root)
        assert leaf is not None and leaf.weights == (1.0, WEIGHT)
        assert sorted(matcher.hits(leaf, BODY).frequencies.tolist()) == pytest.approx([WEIGHT, 1.0])
        assert sorted(matcher.find(leaf, BODY).weights.tolist()) == pytest.approx([WEIGHT, 1.0])

    def test_what_the_word_is_read_as_anyway_does_not_count_twice(self, tmp_path: Path) -> None:
        """tphcm is read as tp hcm where a collection writes it so."""
        with Index.create(tmp_path / "cut") as index:
            index.add([Document("a", "TP.HCM mưa to")])
            matcher = Matcher(index._store.snapshot(), MarksPolicy.COMPATIBLE, "document")
        root = expand(Word("tphcm"), COUNTRY).root
        assert isinstance(root, Word)
        leaf = matcher.leaf(root)
        assert leaf is not None and matcher.hits(leaf, BODY).frequencies.tolist() == [1.0]

    def test_neighbours_count_beside_the_abbreviation_too(self, snapshot: Snapshot) -> None:
        root = expand(Bag(tuple(map(Word, "ủy ban nhân dân tỉnh".split()))), COUNTRY).root
        matcher = Matcher(snapshot, MarksPolicy.COMPATIBLE, "document")
        leaves = [leaf for leaf in matcher.positive(root) if leaf.word]
        assert len(leaves) == 5
        held = matcher.pair((leaves[3].readings[0][0], leaves[4].readings[0][0]), BODY)
        documents = [snapshot.card(int(number)).id for number in snapshot.document_of[held.records]]
        assert dict(zip(documents, held.frequencies.tolist(), strict=True)) == pytest.approx(
            {"long": 1.0, "short": WEIGHT, "other": 1.0}
        )

    def test_quoted_is_as_typed(self, snapshot: Snapshot) -> None:
        assert set(answer(snapshot, '"ủy ban nhân dân"')) == {"long"}

    def test_both_are_highlighted(self, snapshot: Snapshot) -> None:
        text = "UBND và Ủy ban nhân dân, dân ban"
        for query, marked in (
            ("UBND", ["UBND", "Ủy", "ban", "nhân", "dân"]),
            ("ủy ban nhân dân", ["UBND", "Ủy", "ban", "nhân", "dân", "dân", "ban"]),
        ):
            root = parse(query).root
            assert root is not None
            matcher = Matcher(snapshot, MarksPolicy.COMPATIBLE, "document")
            leaves = list(matcher.positive(expand(root, COUNTRY).root))
            (shown,) = Highlighter(leaves).read([text])
            assert [text[begin:end] for begin, end, _ in shown.marked] == marked


WORDS = "ủy ban nhân dân tỉnh họp ubnd mttq".split()


@settings(max_examples=40)
@given(
    texts=st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), min_size=1, max_size=6),
    before=st.lists(st.sampled_from(["tỉnh", "họp"]), max_size=2),
    phrase=st.sampled_from([("ủy", "ban", "nhân", "dân"), ("mặt", "trận", "tổ", "quốc")]),
)
def test_the_words_or_the_synonym(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], before: list[str], phrase: tuple[str, ...]
) -> None:
    """Words that each may be a synonym match as all of the words or the synonym do."""
    short = {"ủy": "ubnd", "mặt": "mttq"}[phrase[0]]
    with Index.create(tmp_path_factory.mktemp("words") / "index") as index:
        index.add(Document(str(number), text) for number, text in enumerate(texts))
        matcher = Matcher(index._store.snapshot(), MarksPolicy.EXACT, "document")
    given_words = tuple(map(Word, (*before, *phrase)))
    loose = Bag((*map(Word, before), Or((Bag(tuple(map(Word, phrase))), Phrase(short)))))
    matched = matcher.match(expand(Bag(given_words), COUNTRY).root)
    assert np.array_equal(matched, matcher.match(loose))


def test_most_cases_of_synonyms_are_right(data: Path, tmp_path: Path) -> None:
    file = data / "behaviour" / "cases.jsonl"
    if not file.is_file():
        pytest.skip(f"no cases of behaviour: {file} does not exist")
    cases = [case for case in map(json.loads, file.read_text(encoding="utf-8").splitlines()) if case["level"] == "syn"]
    wrong = []
    for case in cases:
        with Index.create(tmp_path / "index", overwrite=True) as index:
            index.add([Document("case", case["text"])])
            snapshot = index._store.snapshot()
        if bool(answer(snapshot, case["query"], Synonyms.of(snapshot))) is not case["should_match"]:
            wrong.append(case["id"])
    assert cases and len(wrong) <= 0.2 * len(cases), wrong


def test_an_expanded_word_is_written_as_it_was_typed() -> None:
    word = Word("UBND")
    assert str(replace(word, also=(("ủy ban nhân dân", WEIGHT),))) == str(word)
