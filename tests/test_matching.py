"""What a query matches, held against a brute-force evaluator over small collections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase
from itertools import permutations
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from vnsearch import Document, Index
from vnsearch.search.query import (
    And,
    Bag,
    Every,
    Fuzzy,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Range,
    Word,
    bag,
    conjunction,
    disjunction,
    write,
)
from vnsearch.text.canonical import bare, fold, key

WORDS = ["ma", "má", "mà", "đường", "duong", "dương", "kỹ", "kĩ", "tế", "te", "hội", "an"]
PATTERNS = ["m*", "đ*", "du?ng", "*i", "h?i", "*a*", "k*", "a*"]

Fits = Callable[[str, str], bool]


class Paper(NamedTuple):
    """A document as the brute-force evaluator reads it."""

    title: list[str]
    passages: list[list[str]]
    views: int | None
    topic: list[str]


def same_marks(query: str, token: str) -> bool:
    return key(query) == key(token)


def any_marks(query: str, token: str) -> bool:
    return bare(query) == bare(token)


def distance(a: str, b: str) -> int:
    """Edits from one word to another, exchanges of neighbours among them, by plain recursion."""
    if not a or not b:
        return len(a) + len(b)
    least = min(distance(a[1:], b) + 1, distance(a, b[1:]) + 1, distance(a[1:], b[1:]) + (a[0] != b[0]))
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        least = min(least, distance(a[2:], b[2:]) + 1)
    return least


def stands(node: Word | Phrase | Pattern | Fuzzy, region: Sequence[str], fits: Fits) -> bool:
    """Whether a leaf stands in a row of words."""
    match node:
        case Word(text):
            return any(fits(text, token) for token in region)
        case Pattern(text):
            open_marks = fold(text.replace("*", "").replace("?", "")) == text.replace("*", "").replace("?", "")
            return any(fnmatchcase(t, text) or (open_marks and fnmatchcase(fold(t), text)) for t in region)
        case Fuzzy(text, most):
            return any(distance(bare(text), bare(token)) <= most for token in region)
        case Phrase(text, slop):
            words = text.split()
            if not slop:
                rows = (region[i : i + len(words)] for i in range(len(region) - len(words) + 1))
                return any(all(map(fits, words, row)) for row in rows)
            places = permutations(range(len(region)), len(words))
            near = (p for p in places if max(p) - min(p) < len(words) + slop)
            return any(all(fits(word, region[i]) for word, i in zip(words, p, strict=True)) for p in near)


def is_filter(node: Node) -> bool:
    """Whether a clause asks for nothing but what fields of documents hold."""
    match node:
        case And(children) | Or(children):
            return all(map(is_filter, children))
        case Not(child):
            return is_filter(child)
        case Word() | Phrase() | Pattern() | Fuzzy():
            return node.field not in (None, "title")
        case _:
            return isinstance(node, Range)


def holds(node: Node, paper: Paper, regions: list[list[str]], fits: Fits, need_all: bool) -> bool:
    """Whether one unit (its document, and the regions of it that are searched) is matched."""

    def ask(child: Node, strict: bool = not need_all) -> bool:
        return holds(child, paper, regions, fits, not strict)

    match node:
        case Every():
            return True
        case Not(child):
            return not holds(child, paper, regions, fits, True)
        case And(children):
            return all(map(ask, children))
        case Or(children):
            return any(map(ask, children))
        case Bag(should, must, must_not):
            filters = [] if all(map(is_filter, should)) else [child for child in should if is_filter(child)]
            loose = [child for child in should if child not in filters]
            wanted = not loose or (all if need_all else any)(map(ask, loose))
            return (
                wanted
                and all(map(ask, (*filters, *must)))
                and not any(holds(c, paper, regions, fits, True) for c in must_not)
            )
        case Range(_, low, high):
            if paper.views is None:
                return False
            return (low is None or int(low) <= paper.views) and (high is None or paper.views <= int(high))
        case Word(field="topic") | Phrase(field="topic") | Pattern(field="topic") | Fuzzy(field="topic"):
            return stands(node, paper.topic, fits)
        case Word(field="title") | Phrase(field="title") | Pattern(field="title") | Fuzzy(field="title"):
            return stands(node, paper.title, fits)
        case _:
            return any(stands(node, region, fits) for region in regions)


words = st.sampled_from(WORDS)
rows = st.lists(words, max_size=6)


@st.composite
def papers(draw: DrawFn) -> Paper:
    views = draw(st.none() | st.integers(0, 9))
    return Paper(draw(rows), draw(st.lists(st.lists(words, min_size=1, max_size=6), max_size=3)), views, draw(rows))


fields = st.sampled_from([None, None, None, "title", "topic"])
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, words, fields),
    st.builds(Word, words, fields),
    st.builds(Phrase, st.lists(words, min_size=1, max_size=3).map(" ".join), st.just(0), fields),
    st.builds(Phrase, st.lists(words, min_size=2, max_size=2).map(" ".join), st.integers(1, 3), fields),
    st.builds(Pattern, st.sampled_from(PATTERNS), fields),
    st.builds(Fuzzy, words, st.integers(1, 2), fields),
    st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda ends: Range("views", *map(str, ends))),
)


def inner(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(children, min_size=1, max_size=3)
    few = st.lists(children, max_size=1)
    return st.one_of(
        some.map(conjunction),
        some.map(disjunction),
        st.tuples(some, few).map(lambda p: conjunction([*p[0], *map(Not, p[1])])),
        st.tuples(some, few, few).map(lambda p: bag(*p)),
    )


trees = st.recursive(leaves, inner, max_leaves=5)


def fill(index: Index, collection: Sequence[Paper]) -> Iterator[Document]:
    """The papers as documents, passages parted by borders."""
    for number, paper in enumerate(collection):
        borders: list[int] = []
        text = ""
        for passage in paper.passages:
            borders.append(len(text))
            text += " ".join(passage) + "\n"
        extra = {"topic": " ".join(paper.topic)} | ({} if paper.views is None else {"views": paper.views})
        yield Document(str(number), text, title=" ".join(paper.title), fields=extra, borders=tuple(borders))


@pytest.mark.parametrize("group", ["document", "passage"])
@pytest.mark.parametrize(("marks", "fits"), [("exact", same_marks), ("ignore", any_marks)])
def test_matches_are_those_of_a_brute_force_evaluation(
    tmp_path_factory: pytest.TempPathFactory, marks: str, fits: Fits, group: str
) -> None:
    place = tmp_path_factory.mktemp("matching")

    @settings(max_examples=40)
    @given(collection=st.lists(papers(), min_size=1, max_size=5), queries=st.lists(trees, min_size=4, max_size=8))
    def check(collection: list[Paper], queries: list[Node]) -> None:
        with Index.create(place / "index", overwrite=True) as index:
            index.add(fill(index, collection))
            if not any(paper.views is not None for paper in collection):
                index.add([Document("views", "", fields={"views": 99})])
            for query in queries:
                for match in ("all", "any"):
                    compare(index, collection, query, match)

    def compare(index: Index, collection: list[Paper], query: Node, match: str) -> None:
        results = index.search(write(query), limit=100, match=match, marks=marks, group=group)  # type: ignore[arg-type]
        if any("keystrokes" in note for note in results.interpretation.notes):
            found = set()  # the query as it stands found nothing
        elif group == "document":
            found = {(hit.id, 0) for hit in results} - {("views", 0)}
        else:
            found = {(hit.id, hit.passages[0].start) for hit in results}
        expected = set()
        for number, paper in enumerate(collection):
            if group == "document":
                if holds(query, paper, [paper.title, *paper.passages], fits, match == "all"):
                    expected.add((str(number), 0))
                continue
            start = 0
            for passage in paper.passages:
                if holds(query, paper, [passage], fits, match == "all"):
                    expected.add((str(number), start))
                start += len(" ".join(passage)) + 1
        assert found == expected, f"{write(query)} ({match})"

    check()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create(tmp_path / "index") as made:
        yield made


def ids(index: Index, query: str, **options: object) -> list[str]:
    options = {"match": "all"} | options
    return sorted(hit.id for hit in index.search(query, **options))  # type: ignore[arg-type]


class TestUnits:
    """A document is its title and all its passages together; a passage is itself."""

    @pytest.fixture
    def index(self, index: Index) -> Index:
        index.add(
            [
                Document("split", "Tham nhũng\n\nLãng phí", borders=(12,)),
                Document("titled", "Tham nhũng", title="Lãng phí"),
                Document("one", "Tham nhũng là lãng phí"),
                Document("pure", "Tham nhũng"),
            ]
        )
        return index

    def test_all_words_may_stand_anywhere_in_a_document(self, index: Index) -> None:
        assert ids(index, "tham nhũng lãng phí") == ["one", "split", "titled"]
        assert ids(index, "tham nhũng AND lãng phí") == ["one", "split", "titled"]
        assert ids(index, "tham nhũng lãng phí", group="passage") == ["one"]

    def test_what_is_excluded_may_not_stand_anywhere_in_a_document(self, index: Index) -> None:
        for query in ("tham nhũng NOT lãng phí", "tham nhũng -lãng", "nhũng KHÔNG phí"):
            assert ids(index, query) == ["pure"]
        assert ids(index, "tham nhũng NOT lãng phí", group="passage") == ["pure", "split", "titled"]

    def test_a_phrase_crosses_no_border(self, index: Index) -> None:
        assert ids(index, '"nhũng lãng"') == ids(index, '"nhũng lãng"', group="passage") == []
        assert ids(index, '"nhũng lãng"~20') == ["one"]

    def test_a_title_is_searched_by_name_even_where_results_are_passages(self, index: Index) -> None:
        assert ids(index, "title:lãng") == ids(index, "title:lãng", group="passage") == ["titled"]
        assert ids(index, "lãng", group="passage") == ["one", "split"]


class TestMarks:
    """Which markings of a word a query finds."""

    VARIANTS = ("đường", "đương", "dương", "duong", "duờng", "Đường")

    @pytest.fixture
    def index(self, index: Index) -> Index:
        index.add(Document(text, f"một {text} hai") for text in self.VARIANTS)
        return index

    @pytest.mark.parametrize(
        ("query", "marks", "found"),
        [
            ("duong", "auto", {*VARIANTS}),
            ("duong", "ignore", {*VARIANTS}),
            ("duong", "exact", {"duong"}),
            ("đường", "auto", {"đường", "Đường", "duong", "duờng"}),
            ("đường", "exact", {"đường", "Đường"}),
            ("đường", "ignore", {*VARIANTS}),
            ("ĐƯỜNG", "exact", {"đường", "Đường"}),
            ("duờng", "auto", {"đường", "Đường", "duong", "duờng"}),
            ("dương", "auto", {"dương", "duong"}),
            ("dường", "auto", {"duong"}),
        ],
    )
    def test_policies(self, index: Index, query: str, marks: str, found: set[str]) -> None:
        results = index.search(query, match="all", marks=marks)  # type: ignore[arg-type]
        assert {hit.id for hit in results} - {"duờng"} == found - {"duờng"}
        assert {hit.id for hit in results} <= found | {"duờng"}

    def test_conflicting_marks_are_only_taken_where_nothing_else_is(self, index: Index) -> None:
        assert index.search("đường").relaxed is None
        index.add([Document("rest", "nghỉ ngơi")])
        results = index.search("nghĩ ngơi", match="all")
        assert results.relaxed == "marks" and results.interpretation.notes
        assert [hit.id for hit in results] == ["rest"]
        assert index.search("nghĩ ngơi", match="all", marks="exact").total == 0

    def test_better_marks_come_first(self, index: Index) -> None:
        scores = {hit.id: hit.score for hit in index.search("đường")}
        assert scores["đường"] == scores["Đường"] > scores["duong"]

    def test_i_and_y_are_one_where_they_are_the_sole_vowel(self, index: Index) -> None:
        index.add([Document("y", "kỹ sư"), Document("i", "kĩ sư"), Document("ay", "tay"), Document("ai", "tai")])
        assert ids(index, "kỹ", marks="exact") == ids(index, "kĩ", marks="exact") == ["i", "y"]
        assert ids(index, "tay", marks="exact") == ["ay"]


class TestRows:
    """Phrases, near phrases, numbers."""

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ('"ma ma"', ["twice"]),
            ('"ma ma ma"', []),
            ('"ma ma"~1', ["parted", "twice"]),
            ('"ma ma quỷ"~1', ["parted", "twice"]),
            ('"quỷ ma"', ["parted"]),
            ('"quỷ ma"~1', ["once", "parted", "twice"]),
        ],
    )
    def test_repeated_words_want_a_place_each(self, index: Index, query: str, found: list[str]) -> None:
        """One word was enough for both words of `"ma ma"~1`."""
        index.add([Document("once", "ma quỷ"), Document("twice", "ma ma quỷ"), Document("parted", "ma quỷ ma")])
        assert ids(index, query) == found

    @pytest.mark.parametrize("marks", ["ignore", "auto"])
    def test_one_word_does_not_fill_two_slots_that_it_fits(self, index: Index, marks: str) -> None:
        index.add([Document("once", "má con"), Document("twice", "má con mà")])
        assert ids(index, '"ma má"~3', marks=marks) == ["twice"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ('"giá 1.000.000 đồng"', ["dots", "plain"]),
            ('"giá 1,000,000 đồng"', ["dots", "plain"]),
            ('"giá 1000000 đồng"', ["dots", "plain"]),
            ('"giá 1.000.000"', ["dots", "plain"]),
            ("1000000", ["dots", "plain"]),
            ("10.000-20.000", ["range"]),
            ('"từ 10.000-20.000 đồng"', ["range"]),
            ('"năm 2018 thu 5.000 đồng"', ["year"]),
            ('"năm 2018 thu 5000 đồng"', ["year"]),
            ('"1.000, 2.000, 3.000, 4.000 và 2018"', ["many"]),
            ('"rộng 1.000m2 đất"', ["area"]),
        ],
    )
    def test_a_phrase_goes_on_after_a_grouped_number(self, index: Index, query: str, found: list[str]) -> None:
        """A phrase with something after a grouped number found not even its own text."""
        index.add(
            [
                Document("dots", "giá 1.000.000 đồng một chiếc"),
                Document("plain", "giá 1000000 đồng một chiếc"),
                Document("range", "từ 10.000-20.000 đồng"),
                Document("year", "năm 2018 thu 5.000 đồng"),
                Document("many", "có 1.000, 2.000, 3.000, 4.000 và 2018"),
                Document("area", "rộng 1.000m2 đất"),
            ]
        )
        assert ids(index, query) == found

    @pytest.mark.parametrize("query", ["18/1/2022", "18/01/2022", "18.1.2022", "18-01-2022"])
    def test_dates_match_however_padded_and_parted(self, index: Index, query: str) -> None:
        index.add([Document("a", "ngày 18/1/2022"), Document("b", "ngày 18.01.2022"), Document("c", "ngày 1/18/2022")])
        assert ids(index, query) == ["a", "b"]

    def test_a_syllable_without_its_marks_is_not_two_glued_ones(self, index: Index) -> None:
        """tuong was read as tu ong too, wherever both were known, and so were nguoi, duoc and nuoc."""
        index.add([Document("marked", "một bức tường"), Document("two", "tu ong vàng")])
        try:
            assert ids(index, "tuong") == ["marked"]
            assert str(index.search("tuong").interpretation) == "tường"
            assert ids(index, "ongvang") == ["two"]
        finally:
            index.delete(["marked", "two"])

    @pytest.mark.parametrize("query", ["TP.HCM", "tphcm", "tp hcm", "TP. HCM"])
    def test_an_abbreviation_glued_or_not(self, index: Index, query: str) -> None:
        index.add([Document("glued", "ở TPHCM"), Document("parted", "ở TP.HCM"), Document("other", "ở HCM, TP nào")])
        assert {"parted"} <= {*ids(index, query)}
        assert "glued" in ids(index, query) or " " in query

    def test_words_that_are_near_stand_in_one_passage(self, index: Index) -> None:
        """A wide window reached from the end of a long passage into the next one."""
        first = "gió " * 190 + "xanh"
        index.add([Document("parted", f"{first}\n\nvàng " + "gió " * 100, borders=(len(first) + 2,))])
        index.add([Document("together", "gió " * 100 + "xanh " + "gió " * 60 + "vàng")])
        assert ids(index, '"xanh vàng"~100') == ["together"]

    def test_a_word_many_times_in_one_window(self, index: Index) -> None:
        """Each of hundreds of equal words was looked for by itself."""
        index.add([Document("two", "mây gió mây"), Document("one", "mây gió gió")])
        assert ids(index, '"mây mây"~1') == ["two"]
        assert ids(index, '"mây mây"~0') == []
        assert ids(index, f'"{"mây " * 3}"~100') == []
        assert ids(index, f'"{"mây " * 500}"~100') == []


class TestLooseWords:
    """Wildcards and near spellings."""

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("th*", ["thanh", "thành"]),
            ("thà*", ["thành"]),
            ("h?c", ["hoc", "học"]),
            ("họ*", ["học"]),
            ("*nh", ["thanh", "thành"]),
            ("05-CT*", ["unit"]),
        ],
    )
    def test_wildcards(self, index: Index, query: str, found: list[str]) -> None:
        index.add(Document(text, text) for text in ("thành", "thanh", "học", "hoc", "số"))
        index.add([Document("unit", "05-CT/TW")])
        assert ids(index, query) == found

    @pytest.mark.parametrize(
        "query", ["thà*", "họ*", "h?c", "đườ*", "hoà*", "*ườn*", "số_0*", "đư\u200bờ*", "ð\u01b0ờn*"]
    )
    def test_a_pattern_is_the_same_in_every_writing(self, index: Index, query: str) -> None:
        """Marks that stand by themselves, and what joins words, were cut off or asked for as letters."""
        index.add(Document(text, text) for text in ("thành", "học", "hoc", "số_05", "đường", "hòa"))
        found = ids(index, query)
        assert found
        for form in ("NFD", "NFKD"):
            assert ids(index, normalize(form, query)) == found

    def test_a_pattern_finds_what_holds_its_letters(self, index: Index) -> None:
        """What begins with a star is looked for by its letters first: y may stand for i, and letters of other scripts
        for those they are spelled with."""
        index.add(Document(text, text) for text in ("kỹ", "kĩ", "москва", "東京", "straße", "2018", "quý"))
        for query, found in [("*y", ["kỹ", "quý"]), ("*ĩ", ["kĩ"]), ("*ква", ["москва"]), ("*kva", ["москва"])]:
            assert ids(index, query) == found, query
        for query, found in [("*sse", ["straße"]), ("*ße", ["straße"]), ("*18", ["2018"]), ("*京", ["東京"])]:
            assert ids(index, query) == found, query

    def test_a_pattern_with_many_stars_takes_no_time(self, index: Index) -> None:
        """A regular expression with many open ends went through all ways to place them."""
        index.add([Document("letters", "a" * 250 + " " + "ab" * 120)])
        assert ids(index, "*a" * 20 + "*b") == ["letters"]
        assert ids(index, "*a" * 20 + "*c") == []

    def test_a_fuzzy_word_finds_what_it_highlights(self, index: Index) -> None:
        """i for y was read on one side of the comparison only."""
        index.add([Document("a", "mỹ"), Document("b", "đường")])
        for query in ("mi~1", "my~1", "mii~1", "myy~1", "duog~1", "dưuongf~2"):
            for hit in index.search(query, match="all"):
                assert [p.spans for p in hit.passages] == [((0, len(p.text)),) for p in hit.passages], query
        assert ids(index, "my~1") == ids(index, "mii~1") == ["a"]
        assert ids(index, "đưởg~1") == ids(index, "dduong~1") == ["b"]


class TestRelaxing:
    """`match="auto"`: as strict as something is found."""

    @pytest.fixture
    def index(self, index: Index) -> Index:
        index.add([Document("four", "xăng dầu tăng giá"), Document("three", "xăng dầu tăng"), Document("one", "mưa")])
        return index

    @pytest.mark.parametrize(
        ("query", "relaxed", "found"),
        [
            ("xăng dầu tăng giá", None, ["four"]),
            ("xăng dầu tăng mạnh", "most", ["four", "three"]),
            ("xăng nhớt khan hiếm mưa", "any", ["four", "one", "three"]),
            ("không có", None, []),
            ('"xăng tăng" mưa', "any", ["one"]),
            ("+nhớt xăng", None, []),
            ("xăng AND nhớt", None, []),
        ],
    )
    def test_words_are_given_up_only_where_none_holds_all(
        self, index: Index, query: str, relaxed: str | None, found: list[str]
    ) -> None:
        results = index.search(query)
        assert sorted(hit.id for hit in results) == found
        assert not found or results.relaxed == relaxed
        assert bool(results.interpretation.notes) == (relaxed is not None)

    @pytest.mark.parametrize(
        "query", ["views:8..9 xăng nhớt khan hiếm", "(views:9 OR views:8) xăng nhớt", "views:9 dầu x"]
    )
    def test_what_a_field_must_hold_is_never_given_up(self, index: Index, query: str) -> None:
        """Where any word will do, a range of dates counted as one of them, so that all other dates were found too."""
        index.add([Document("old", "xăng dầu", fields={"views": 1}), Document("new", "xăng dầu", fields={"views": 9})])
        assert ids(index, query, match="auto") == ["new"]
        assert ids(index, query, match="any") == ["new"]
        assert ids(index, "views:1 views:9", match="any") == ["new", "old"]

    def test_an_exclusion_is_never_given_up(self, index: Index) -> None:
        results = index.search("mưa -mưa")
        assert results.total == 0 and "1" in results.interpretation.notes[-1]

    def test_keystrokes_of_an_input_method_that_was_off(self, index: Index) -> None:
        results = index.search("xawng daauf")
        assert [hit.id for hit in results][:1] == ["three"] or results[0].id == "four"
        assert any("keystrokes" in note for note in results.interpretation.notes)
        assert index.search("xawng daauf", literal=True, match="all").total == 0


def test_dates_in_a_query(index: Index) -> None:
    days = {"a": date(2018, 5, 15), "b": date(2019, 1, 1), "c": date(2018, 12, 31)}
    index.add(Document(name, "tin", fields={"date": day}) for name, day in days.items())
    assert ids(index, "tin date:2018") == ["a", "c"]
    assert ids(index, "date:2018-12..2019") == ["b", "c"]
    assert ids(index, "date:15/5/2018") == ids(index, "tin NOT date:6/2018..") == ["a"]
