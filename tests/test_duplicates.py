"""Near-duplicates: what signatures tell, wherever they are made, and what a search makes of it."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnsearch import Document, Index
from vnsearch.engine import Snapshot, Store, merge, writer
from vnsearch.engine import resemblance as grouping
from vnsearch.engine import signatures as signing
from vnsearch.engine.container import Container, ContainerWriter
from vnsearch.engine.order import hashes_of
from vnsearch.engine.resemblance import copies, groups
from vnsearch.engine.segment import Segment
from vnsearch.engine.signatures import AGREEING, CELLS, SHORT, SIZE, Signatures, alike
from vnsearch.errors import IndexDamaged
from vnsearch.search import duplicates
from vnsearch.search.duplicates import count_groups, groups_of, leaders, postpone
from vnsearch.search.reranking import WINDOW
from vnsearch.text import tokenize
from vnsearch.text.batch import Tokenizer

ONSETS, RIMES = "b c đ g h l m n s t v x".split(), "a ảo én ìa ộn ương uyết ỹ oà ít".split()
SYLLABLES = [onset + rime for onset in ONSETS for rime in RIMES]


def text(seed: int, syllables: int = 200) -> str:
    """Syllables that no other seed gives in this order, in sentences."""
    words = random.Random(seed).choices(SYLLABLES, k=syllables)
    return " ".join(word + "." * (place % 12 == 11) for place, word in enumerate(words))


def sign(documents: Sequence[Document], tokenizer: Tokenizer | None = None) -> Signatures:
    tokenizer = tokenizer or Tokenizer()
    titles = tokenizer.tokenize([document.title for document in documents])
    bodies = tokenizer.tokenize([document.text for document in documents])
    return signing.sign(hashes_of(tokenizer.vocabulary.tokens), titles, bodies)


def are_alike(first: Document | str, second: Document | str) -> bool:
    both = [x if isinstance(x, Document) else Document("x", x, "Tin") for x in (first, second)]
    signatures = sign(both)
    (found,) = alike(signatures[:1], signatures[1:])
    return bool(found)


def resemblance(first: str, second: str) -> float:
    """The Jaccard coefficient of the pairs of adjacent syllables, worked out by the plain tokenizer."""
    sets = []
    for part in (first, second):
        tokens = [token.canonical for token in tokenize(part)]
        sets.append({*pairwise(tokens)})
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


ARTICLE = text(1)
TEMPLATE = [text(2, 100) + " " + text(seed, 100) for seed in (3, 4)]


class TestAlike:
    def test_a_copy_with_another_title(self) -> None:
        assert are_alike(Document("a", ARTICLE, "Hà Nội mưa lớn"), Document("b", ARTICLE, "Ngập ở nhiều nơi"))

    @pytest.mark.parametrize("more", ["Theo TTXVN.", text(5, 15), "\n\n(Ảnh: " + text(6, 8) + ")"])
    def test_a_copy_with_some_words_more(self, more: str) -> None:
        assert are_alike(ARTICLE, f"{ARTICLE} {more}")
        assert are_alike(ARTICLE, f"{more} {ARTICLE}")

    @pytest.mark.parametrize(
        "copy",
        [
            unicodedata.normalize("NFD", ARTICLE),
            ARTICLE.upper(),
            ARTICLE.replace("oà", "òa"),
            ARTICLE.replace("đ", "ð"),
            ARTICLE.replace(". ", "!\n\n"),
        ],
        ids=["NFD", "upper", "tone", "eth", "layout"],
    )
    def test_a_copy_that_is_written_in_another_way_has_the_same_signature(self, copy: str) -> None:
        assert copy != ARTICLE
        first, second = sign([Document("a", ARTICLE), Document("b", copy)])
        assert first.tolist() == second.tolist()

    def test_other_articles_are_none(self) -> None:
        assert resemblance(*TEMPLATE) == pytest.approx(1 / 3, abs=0.02)
        assert not are_alike(*TEMPLATE)
        assert not are_alike(ARTICLE, text(7))
        assert not are_alike(ARTICLE, " ".join(reversed(ARTICLE.split())))

    def test_cells_agree_as_often_as_texts_resemble_each_other(self) -> None:
        """Without a bias, for long texts and for those that have fewer pairs than there are cells."""
        chooser = random.Random(1)
        for syllables in (2 * SHORT, 100, 400):
            errors = []
            for seed in range(150):
                first = text(1000 + seed, syllables)
                kept = chooser.randint(syllables // 2, syllables)
                second = " ".join(first.split()[:kept]) + " " + text(3000 + seed, chooser.randint(0, syllables // 3))
                a, b = sign([Document("a", first), Document("b", second)])
                cells = ((a ^ b) & 15 == 0).sum() + ((a ^ b) >> 4 == 0).sum()
                errors.append((cells / CELLS - 1 / 16) / (15 / 16) - resemblance(first, second))
            assert abs(np.mean(errors)) < 0.015
            assert np.sqrt(np.mean(np.square(errors))) < 0.06

    def test_the_threshold_is_a_resemblance_of_four_fifths(self) -> None:
        assert round(CELLS * (0.8 + 0.2 / 16)) == AGREEING

    def test_few_distinct_pairs_in_a_long_text(self) -> None:
        """All the turns are taken, and there is an end to them."""
        assert are_alike("ma " * 50, "ma " * 5000)
        assert are_alike("ma mà " * 50, "ma mà " * 70)
        assert not are_alike("ma " * 50, "má " * 50)
        assert not are_alike("ma " * 50, "ma mà " * 50)


class TestShort:
    LINE = " ".join(SYLLABLES[: SHORT - 1])

    def test_a_short_text_is_like_its_equal_only(self) -> None:
        assert are_alike(self.LINE, self.LINE.upper())
        assert not are_alike(self.LINE, self.LINE + ", thôi")
        assert not are_alike(self.LINE, self.LINE[:-1] + "x")
        assert not are_alike("mà ma", "ma mà")
        assert not are_alike("ma", "ma ma")

    def test_the_title_is_a_part_of_it(self) -> None:
        assert not are_alike(Document("a", "Hết.", "Mưa"), Document("b", "Hết.", "Nắng"))
        assert not are_alike(Document("a", "Mưa"), Document("b", "", "Mưa"))
        assert not are_alike(Document("a", "lớn", "Mưa"), Document("b", "", "Mưa lớn"))
        assert are_alike(Document("a", "", "Mưa lớn"), Document("b", "…", "MƯA LỚN!"))

    @given(st.lists(st.sampled_from(("ma", "má", "mà", "1")), max_size=SHORT - 1), st.data())
    @settings(max_examples=50)
    def test_equal_or_not(self, words: list[str], data: st.DataObject) -> None:
        other = data.draw(st.permutations(words))
        assert are_alike(" ".join(words), " ".join(other)) is (words == other)

    def test_a_document_without_a_syllable_is_like_none(self) -> None:
        signatures = sign([Document("a", ""), Document("b", "…", "!"), Document("c", "ma")])
        assert not signatures[:2].any() and signatures[2].any()
        assert not alike(signatures[:2], signatures[:2]).any()
        assert groups(signatures).tolist() == [0, 1, 2]


texts = st.builds(lambda seed, size: text(seed, size), st.integers(0, 9), st.sampled_from((0, 1, 5, 19, 20, 30, 90)))
documents = st.lists(st.builds(Document, st.just("x"), texts, st.sampled_from(("", "Tin", "Tin nóng"))), max_size=8)


class TestSignatures:
    @given(documents, st.randoms(use_true_random=False))
    @settings(max_examples=50)
    def test_they_hang_on_the_document_alone(self, held: list[Document], chooser: random.Random) -> None:
        """Not on its batch, nor on what the tokenizer met before."""
        alone = [sign([document]).tolist()[0] for document in held]
        assert sign(held).tolist() == alone
        tokenizer = Tokenizer()
        order = chooser.sample(range(len(held)), len(held))
        for place in order:
            assert sign([held[place]], tokenizer).tolist() == [alone[place]]

    @given(documents)
    @settings(max_examples=50)
    def test_a_document_is_like_itself_and_as_much_like_another_as_that_is_like_it(self, held: list[Document]) -> None:
        signatures = sign(held)
        assert alike(signatures, signatures).tolist() == signatures.any(axis=1).tolist()
        turned = signatures[::-1]
        assert alike(signatures, turned).tolist() == alike(turned, signatures).tolist()

    def test_they_are_part_of_the_format(self) -> None:
        """Other signatures need another version of the format, or those of old segments are like none of new ones."""
        assert sign([Document("a", "Đường ngập. " * 10)]).tobytes().hex() == LONG
        assert sign([Document("a", "Đường ngập", "Triều cường")]).tobytes().hex() == BRIEF


LONG = "898c8a59ce3bec12d79d2cb0c81400c35c722a43fb0681a705c35e7986c100e8"
BRIEF = "86b1198aa9ecb16569dc3bd68106bc2c4ed83905ac1632526e5c484e81ff1465"


def components(signatures: Signatures) -> list[int]:
    """What `groups` says, by comparing all with all."""
    group = list(range(len(signatures)))
    for second in range(len(signatures)):
        for first in range(second):
            if alike(signatures[[first]], signatures[[second]])[0]:
                low, high = sorted((group[first], group[second]))
                group = [low if place == high else place for place in group]
    return group


class TestGroups:
    @given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.booleans()), max_size=12))
    @settings(max_examples=50)
    def test_they_are_those_of_all_pairs(self, drawn: list[tuple[int, int, bool]]) -> None:
        """Of copies with up to two sentences more, and of short texts."""
        held = [text(7 * seed, 400 if long else 8) + " " + text(99, 5) * more for seed, more, long in drawn]
        signatures = sign([Document("x", part) for part in held])
        for few in (0, 100):  # band by band, and all in one
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(grouping, "_FEW", few)
                assert groups(signatures).tolist() == components(signatures)

    @given(st.integers(0, 40), st.integers(1, 6), st.integers(0, 2**32 - 1))
    @settings(max_examples=50)
    def test_any_bytes_give_groups(self, count: int, kinds: int, seed: int) -> None:
        chooser = np.random.default_rng(seed)
        signatures = chooser.integers(0, 256, (kinds, SIZE), dtype=np.uint8)[chooser.integers(0, kinds, count)]
        found = groups(signatures)
        assert found.dtype == np.int64
        assert (found <= np.arange(count)).all() and (found[found] == found).all()
        assert [signatures[place].tolist() for place in found] == signatures.tolist()

    def test_a_chain_is_one_group(self) -> None:
        """Its ends may be unlike each other."""
        words = text(1, 500).split()
        chain = sign([Document("x", " ".join(words[20 * step : 20 * step + 400])) for step in range(6)])
        assert not alike(chain[:1], chain[5:]).any()
        assert groups(chain).tolist() == [0] * 6
        assert groups(chain[[5, 0, 3, 1, 4, 2]]).tolist() == [0] * 6

    def test_copies_are_all_but_the_first_of_a_group(self) -> None:
        chain = sign([Document("x", part) for part in (text(7), ARTICLE, "ma", text(8), ARTICLE, "ma", ARTICLE)])
        assert [part.tolist() for part in copies(chain)] == [[4, 5, 6], [1, 2, 1]]
        assert [part.tolist() for part in copies(chain[:0])] == [[], []]

    def test_ten_thousand_copies_are_no_more_work_than_they_must_be(self) -> None:
        signatures = np.repeat(sign([Document("a", ARTICLE), Document("b", "ma")]), 5000, axis=0)
        assert groups(signatures).tolist() == [0] * 5000 + [5000] * 5000


def make_news() -> list[Document]:
    """Two copies of one article among others, each with something more; a short notice twice; two without a text."""
    return [
        Document("first", ARTICLE, "Mưa lớn", {"day": 1}),
        Document("other", text(8), "Nắng nóng"),
        Document("second", f"{ARTICLE}\n\nTheo TTXVN.", "Ngập nhiều nơi"),
        Document("notice", "Mất điện.", "Tin"),
        Document("half", " ".join(ARTICLE.split()[:100]) + " " + text(9, 100), "Mưa lớn"),
        Document("empty", ""),
        Document("third", unicodedata.normalize("NFD", ARTICLE), "Mưa lớn"),
        Document("blank", ""),
        Document("again", "MẤT ĐIỆN", "Tin"),
    ]


@pytest.fixture
def news() -> list[Document]:
    return make_news()


GROUPS = [{"first", "second", "third"}, {"notice", "again"}]


def names(snapshot: Snapshot) -> list[str]:
    return [snapshot.card(number).id for number in range(snapshot.documents)]


def check_groups(snapshot: Snapshot, gone: str = "") -> None:
    """The groups of a snapshot are those of the news."""
    held = names(snapshot)
    found = groups_of(snapshot)
    assert found.tolist() == groups(snapshot.signatures(np.arange(snapshot.documents))).tolist()
    by_group: dict[int, set[str]] = {}
    for number, name in enumerate(held):
        by_group.setdefault(int(found[number]), set()).add(name)
    several = [group for group in by_group.values() if len(group) > 1]
    expected = [group - {gone} for group in GROUPS]
    assert sorted(several, key=sorted) == sorted((group for group in expected if len(group) > 1), key=sorted)


def grouped(snapshot: Snapshot) -> set[frozenset[str]]:
    """The groups that a snapshot of one segment knows."""
    held, found = names(snapshot), snapshot.grouped
    assert found is not None
    return {frozenset(held[n] for n, group in found.items() if group == name) for name in found.values()}


class TestSnapshots:
    @pytest.mark.parametrize("factor", [2, 9])
    def test_groups_reach_across_segments_merged_or_not(
        self, tmp_path: Path, news: list[Document], monkeypatch: pytest.MonkeyPatch, factor: int
    ) -> None:
        monkeypatch.setattr(merge, "FACTOR", factor)
        with Index.create(tmp_path / "index") as index:
            for start in (0, 3, 6):
                index.add(news[start : start + 3])
            check_groups(index._store.snapshot())
            index.delete("first")
            check_groups(index._store.snapshot(), gone="first")
            index.optimize()
            check_groups(index._store.snapshot(), gone="first")
            index.add([Document("second", "Bài khác hẳn")])
            assert count_groups(index._store.snapshot(), np.arange(8)) == 7

    def test_signatures_are_the_same_whatever_the_commits_and_processes(
        self, tmp_path: Path, news: list[Document], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(writer, "BATCH", 1000)
        expected = {document.id: sign([document]).tolist()[0] for document in news}
        for place, (jobs, step) in enumerate([(1, 9), (2, 9), (1, 1), (2, 4)]):
            with Index.create(tmp_path / str(place)) as index:
                for start in range(0, len(news), step):
                    index.add(news[start : start + step], jobs=jobs)
            snapshot = Store.open(tmp_path / str(place)).snapshot()
            order = np.random.default_rng(place).permutation(snapshot.documents)
            held = dict(zip(names(snapshot), snapshot.signatures(np.arange(len(order))).tolist(), strict=True))
            assert held == expected
            assert snapshot.signatures(order).tolist() == [held[names(snapshot)[number]] for number in order]

    def test_a_segment_knows_its_groups_and_several_do_not(self, tmp_path: Path, news: list[Document]) -> None:
        with Index.create(tmp_path / "index") as index:
            index.add(news[:4])
            index.add(news[4:])
            assert index._store.snapshot().grouped is None
            index.optimize()
            assert grouped(index._store.snapshot()) == {frozenset(group) for group in GROUPS}
            index.delete(["first", "other", "notice"])
            assert grouped(index._store.snapshot()) == {frozenset({"second", "third"}), frozenset({"again"})}
            index.optimize()
            assert grouped(index._store.snapshot()) == {frozenset({"second", "third"})}

    def test_an_empty_index(self, tmp_path: Path) -> None:
        with Index.create(tmp_path / "index") as index:
            snapshot, none = index._store.snapshot(), np.zeros(0, dtype=np.int64)
            assert groups_of(snapshot).tolist() == places(snapshot, none, WINDOW) == []
            assert (leaders(snapshot, none).tolist(), count_groups(snapshot, none)) == ([], 0)

    @pytest.mark.parametrize(("array", "what"), [("signatures", "signatures"), ("copies", "near-duplicates")])
    def test_what_does_not_fit_is_damage(self, tmp_path: Path, news: list[Document], array: str, what: str) -> None:
        with Index.create(tmp_path / "index") as index:
            index.add(news)
        (path,) = index.path.glob("segment-*")
        whole = Container(path)
        with ContainerWriter(tmp_path / "cut.vns") as cut:
            for name in whole.names():
                cut.add(name, whole.array(name)[: -1 if name == f"documents.{array}" else None])
        with pytest.raises(IndexDamaged, match=what):
            Segment(tmp_path / "cut.vns")

    def test_near_duplicates_that_no_document_has_are_damage(self, tmp_path: Path, news: list[Document]) -> None:
        with Index.create(tmp_path / "index") as index:
            index.add(news)
        (path,) = index.path.glob("segment-*")
        whole = Container(path)
        with ContainerWriter(tmp_path / "odd.vns") as odd:
            for name in whole.names():
                odd.add(name, whole.array(name) + np.uint32(9 * (name == "documents.firsts")))
        with pytest.raises(IndexDamaged, match="near-duplicates"):
            Segment(tmp_path / "odd.vns")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    with Index.create(tmp_path_factory.mktemp("news") / "index") as index:
        index.add(make_news())
        return index._store.snapshot()


def shown(snapshot: Snapshot, ranked: Sequence[str], window: int = WINDOW) -> list[str]:
    found = numbers(snapshot, ranked)
    return [ranked[place] for place in places(snapshot, found, window)]


def places(snapshot: Snapshot, found: np.ndarray[tuple[int], np.dtype[np.int64]], window: int) -> list[int]:
    """The order in which results are shown."""
    order = postpone(snapshot, found, window)
    return list(range(len(found))) if order is None else order.tolist()


def numbers(snapshot: Snapshot, ranked: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    places = {name: number for number, name in enumerate(names(snapshot))}
    return np.array([places[name] for name in ranked], dtype=np.int64)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only one of a group stands before the others."""
    monkeypatch.setattr(duplicates, "TOGETHER", 1)


class TestResults:
    def test_two_of_a_group_may_stand_together(self, snapshot: Snapshot) -> None:
        ranked = ["third", "first", "notice", "other", "second", "again", "half"]
        assert shown(snapshot, ranked) == ["third", "first", "notice", "other", "again", "half", "second"]

    @pytest.mark.usefixtures("alone")
    def test_near_duplicates_come_behind_the_others(self, snapshot: Snapshot) -> None:
        ranked = ["third", "first", "notice", "other", "second", "again", "half"]
        assert shown(snapshot, ranked) == ["third", "notice", "other", "half", "first", "second", "again"]
        assert shown(snapshot, ["other", "half", "empty", "blank"]) == ["other", "half", "empty", "blank"]

    @pytest.mark.usefixtures("alone")
    def test_only_within_the_window(self, snapshot: Snapshot) -> None:
        ranked = ["third", "first", "notice", "other", "second", "again", "half"]
        assert shown(snapshot, ranked, 4) == ["third", "notice", "other", "first", "second", "again", "half"]
        assert shown(snapshot, ranked, 1) == shown(snapshot, ranked, 0) == ranked

    @given(ranked=st.lists(st.integers(0, 8), max_size=20), window=st.integers(0, 12), more=st.integers(0, 20))
    def test_pages_are_the_same_however_many_were_ranked(
        self, ranked: list[int], window: int, more: int, snapshot: Snapshot
    ) -> None:
        """Every result is there once, and what was ranked behind the window changes nothing in it."""
        found = np.array(ranked, dtype=np.int64)
        order = places(snapshot, found, window)
        assert sorted(order) == list(range(len(ranked)))
        few = found[: window + more]
        assert places(snapshot, few, window) == order[: len(few)]
        assert places(snapshot, found[order], window) == list(range(len(ranked)))

    def test_equal_numbers_in_different_bands_are_no_sign_of_likeness(self) -> None:
        """That ended in a traceback."""
        held = np.arange(3 * SIZE, dtype=np.uint8).reshape(3, SIZE)
        held[1, 3:6] = held[0, :3]

        class Held:
            signatures = staticmethod(held.__getitem__)
            grouped = None

        found = np.arange(3)
        assert places(cast(Snapshot, Held()), found, 3) == [0, 1, 2]

    @given(ranked=st.lists(st.integers(0, 8), max_size=20), window=st.integers(0, 20), together=st.integers(1, 3))
    def test_groups_that_are_known_spare_only_work(
        self, ranked: list[int], window: int, together: int, snapshot: Snapshot
    ) -> None:
        found = np.array(ranked, dtype=np.int64)

        class Unknown:
            signatures = snapshot.signatures
            grouped = None

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(duplicates, "TOGETHER", together)
            assert places(snapshot, found, window) == places(cast(Snapshot, Unknown()), found, window)

    def test_collapsing_leaves_the_best_of_each_group(self, snapshot: Snapshot) -> None:
        ranked = ["again", "third", "first", "empty", "notice", "other", "second", "blank", "half"]
        found = numbers(snapshot, ranked)
        kept = [name for name, stays in zip(ranked, leaders(snapshot, found), strict=True) if stays]
        assert kept == ["again", "third", "empty", "other", "blank", "half"]
        assert count_groups(snapshot, found) == count_groups(snapshot, found[::-1]) == 6

    @pytest.mark.usefixtures("alone")
    def test_passages_of_one_document_are_not_in_each_others_way(self, snapshot: Snapshot) -> None:
        ranked = ["third", "first", "third", "other", "first", "other"]
        assert shown(snapshot, ranked) == ["third", "third", "other", "other", "first", "first"]
        assert leaders(snapshot, numbers(snapshot, ranked)).tolist() == [True, False, True, True, False, True]

    @given(ranked=st.permutations(range(9)), count=st.integers(0, 9))
    def test_what_stays_is_one_of_each_group(self, ranked: list[int], count: int, snapshot: Snapshot) -> None:
        found = np.array(ranked[:count], dtype=np.int64)
        stays = leaders(snapshot, found)
        held = groups_of(snapshot)[found]
        assert sorted(held[stays].tolist()) == sorted({*held.tolist()})
        assert [bool(held[place] not in held[:place]) for place in range(count)] == stays.tolist()
        assert count_groups(snapshot, found) == stays.sum()


def test_a_search_keeps_copies_apart_and_leaves_them_out_when_asked(tmp_path: Path) -> None:
    story = " ".join(f"câu thứ {n} của bài về lúa nước" for n in range(30))
    with Index.create(tmp_path / "index") as index:
        index.add([Document(f"copy {n}", story, title=f"Lúa {n}", fields={"n": n}) for n in range(3)])
        index.add([Document(f"other {n}", f"lúa {n} ở vùng {n * 7} trong năm {n * 3}") for n in range(5)])
        shown = [hit.id for hit in index.search("lúa nước", match="any")]
        copies = [place for place, name in enumerate(shown) if name.startswith("copy")]
        assert len(shown) == 8 and copies == [0, 1, 7]
        for sort in ("score", "n", "-n"):
            few = index.search("lúa nước", match="any", collapse=True, sort=sort)
            assert few.total == len(few) == 6
            assert sum(hit.id.startswith("copy") for hit in few) == 1
        pages = [hit.id for at in range(6) for hit in index.search("lúa", collapse=True, limit=1, offset=at)]
        assert pages == [hit.id for hit in index.search("lúa", collapse=True)]
        passages = index.search("lúa nước", match="any", group="passage", collapse=True)
        assert {hit.id for hit in passages if hit.id.startswith("copy")} == {passages[0].id}
        # Documents were counted, though each gives several passages.
        for sort in ("score", "n"):
            passages = index.search("lúa nước", match="any", group="passage", collapse=True, sort=sort, limit=100)
            assert passages.total == len(passages) > 6
            first = index.search("lúa nước", match="any", group="passage", collapse=True, sort=sort, limit=1)
            assert (first.total, first[0]) == (passages.total, passages[0])
