"""What is shown of a passage and highlighted: exact on the text as it was given, whatever its Unicode form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import INVISIBLE, rewritten, syllables, texts, texts_and_rewritings, wild

from vnsearch import Document, Index
from vnsearch.models import Hit
from vnsearch.search.leaves import Leaf
from vnsearch.search.slots import MarksPolicy, WordSlot
from vnsearch.search.snippets import snippet
from vnsearch.text.canonical import bare, canonical
from vnsearch.text.tokens import tokenize

NFD = unicodedata.normalize("NFD", "Thuý hoà giải ở phường")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """One index that every test fills with its own document."""
    with Index.create(tmp_path_factory.mktemp("snippets") / "index") as made:
        yield made


def find(index: Index, text: str, query: str, **options: object) -> Hit | None:
    index.add([Document("a", text)])
    results = index.search(query, **options)  # type: ignore[arg-type]
    return results[0] if results else None


def marked(index: Index, text: str, query: str) -> list[str]:
    hit = find(index, text, query, match="all")
    assert hit is not None, f"{query!r} is not found"
    return [passage.text[a:b] for passage in hit.passages for a, b in passage.spans]


def check_spans(hit: Hit, text: str) -> None:
    """The laws of spans: of the text as given, in order, disjoint, at the borders of tokens."""
    for passage in hit.passages:
        assert passage.text == text[passage.start : passage.start + len(passage.text)]
        tokens = list(tokenize(passage.text))
        assert len(tokens) <= 60
        begins, ends = {t.begin for t in tokens}, {t.end for t in tokens}
        before = 0
        for begin, end in passage.spans:
            assert before <= begin < end <= len(passage.text)
            assert begin in begins and end in ends
            before = end


@pytest.mark.parametrize(
    ("text", "query", "spans"),
    [
        ("Đường phố vắng", "duong pho", ["Đường phố"]),
        ("Đường, phố vắng", "duong pho", ["Đường", "phố"]),
        ("Ðảng ủy Khối", "đảng uỷ", ["Ðảng ủy"]),
        (NFD, "thúy hòa", [unicodedata.normalize("NFD", "Thuý hoà")]),
        (NFD, "phuong", [unicodedata.normalize("NFD", "phường")]),
        ("đư\u00adờng ph\u200bố", "đường", ["đư\u00adờng"]),
        ("nhân \u00addân", "nhân dân", ["nhân \u00addân"]),
        ("Kinh tế\u00a0 xã hội", "tế xã", ["tế\u00a0 xã"]),
        ("ＨÀ　ＮỘＩ", "hà nội", ["ＨÀ　ＮỘＩ"]),
        ("của nhân dân, dân nhân", '"nhân dân"', ["nhân dân"]),
        ("nhân dân và dân", '"nhân dân" dân', ["nhân dân", "dân"]),
        ("ma quỷ ma ma", '"ma ma"', ["ma ma"]),
        ("ma ma ma ma", '"ma ma"', ["ma ma ma ma"]),
        ("trời mưa gió", '"gió trời"~1', ["trời", "gió"]),
        ("trời mưa to gió", '"gió trời"~1 OR mưa', ["mưa"]),
        ("giá 1.000.000 đồng", "1000000", ["1.000.000"]),
        ("giá 1,000,000 đồng", '"1.000.000 đồng"', ["1,000,000 đồng"]),
        ("giá 1000000 đồng", "1.000.000", ["1000000"]),
        ("rộng 1.000.000m2 đất", "1000000", ["1.000.000m2"]),
        ("giá 10.000-20.000 đồng", "10.000-20.000", ["10.000-20.000"]),
        ("Chỉ thị số 05-CT/TW ngày", "05-CT/TW", ["05-CT/TW"]),
        ("Chỉ thị số 05-CT/TW ngày", "ct", ["CT"]),
        ("ngày 18.01.2022 họp", "18/1/2022", ["18.01.2022"]),
        ("ở TP.HCM hôm nay", "tphcm", ["TP.HCM"]),
        ("ở TPHCM hôm nay", "TP.HCM", ["TPHCM"]),
        ("Ban Chấp hành T.Ư Đoàn", "t.ư", ["T.Ư"]),
        ("thành phố, thanh niên", "thành*", ["thành"]),
        ("thành phố, thanh niên", "thanh*", ["thành", "thanh"]),
        ("đừơng phố", "duong~1", ["đừơng"]),
        ("東京 và Hà Nội", "東京", ["東京"]),
        ("tốt 👍🏽 lắm", "👍🏽", ["👍🏽"]),
        ("tham nhũng, lãng phí", "nhũng -tham", None),
        ("tham nhũng", "nhũng -phí", ["nhũng"]),
        ("(đường)", "đường", ["đường"]),
        ("cà phê_sữa", "sữa", ["sữa"]),
    ],
)
def test_what_is_highlighted(index: Index, text: str, query: str, spans: list[str] | None) -> None:
    if spans is None:
        assert find(index, text, query, match="all") is None
    else:
        assert marked(index, text, query) == spans


def test_an_unmarked_phrase_is_highlighted_only_where_its_parts_stand_together(index: Index) -> None:
    text = "Đạo làm người có đức. Đạo đức là gốc. Đức đạo."
    assert marked(index, text, '"dao duc"') == ["Đạo đức"]
    assert len(marked(index, text, "dao duc")) > 1


@given(pair=texts_and_rewritings(), data=st.data())
@settings(max_examples=40)
def test_spans_are_exact_in_every_unicode_form(index: Index, pair: tuple[str, str], data: st.DataObject) -> None:
    for text in pair:
        tokens = list(tokenize(text))
        if not tokens:
            continue
        token = data.draw(st.sampled_from(tokens))
        query = data.draw(st.sampled_from([token.canonical, bare(token.canonical), text[token.begin : token.end]]))
        hit = find(index, text, query, literal=True, match="all")
        assert hit is not None
        check_spans(hit, text)
        shown = {canonical(p.text[a:b]) for p in hit.passages for a, b in p.spans} | {
            t.canonical for p in hit.passages for a, b in p.spans for t in tokenize(p.text[a:b])
        }
        assert any(bare(form) == bare(token.canonical) for form in shown)


@given(words=st.lists(syllables, min_size=2, max_size=4), data=st.data())
@settings(max_examples=40)
def test_a_phrase_is_one_span_in_every_unicode_form(index: Index, words: list[str], data: st.DataObject) -> None:
    phrase = data.draw(rewritten(" ".join(words)))
    text = f"x. {phrase}, {words[0]}"
    hit = find(index, text, f'"{" ".join(words)}"', match="all", marks="exact")
    assert hit is not None
    check_spans(hit, text)
    first = hit.passages[0]
    a, b = first.spans[0]
    assert first.text[a:b].rstrip(INVISIBLE) == phrase.rstrip(INVISIBLE)


@given(text=wild, query=st.one_of(wild, st.just("đường OR 1000000 OR ky OR TP.HCM OR 18/1/2022 OR b*")))
@settings(max_examples=40)
def test_spans_obey_their_laws_in_any_text(index: Index, text: str, query: str) -> None:
    index.add([Document("a", text, title=text)])
    for group in ("document", "passage"):
        for hit in index.search(query, group=group, match="any"):  # type: ignore[arg-type]
            check_spans(hit, text)
            for begin, end in hit.title_spans:
                assert 0 <= begin < end <= len(text)


@given(text=texts(max_size=30))
@settings(max_examples=40)
def test_what_a_word_matches_is_highlighted_somewhere(index: Index, text: str) -> None:
    index.add([Document("a", text)])
    for token in list(tokenize(text))[:3]:
        for query in (token.canonical, bare(token.canonical), token.canonical[:1] + "*", token.canonical + "~1"):
            (hit,) = index.search(query)
            assert any(passage.spans for passage in hit.passages), query


class TestLength:
    """A snippet is at most 60 syllables, cut where sentences end if they allow it."""

    def test_a_short_passage_is_shown_whole(self, index: Index) -> None:
        text = "Một câu. Hai câu! Ba câu?"
        hit = find(index, text, "hai")
        assert hit is not None and [p.text for p in hit.passages] == [text]

    def test_a_long_passage_is_cut_at_sentences_around_what_was_asked(self, index: Index) -> None:
        other = "Câu này nói về chuyện khác hẳn với chuyện kia. "
        text = other * 8 + "Triều cường dâng cao ở phường. " + other * 8
        hit = find(index, text, "triều cường", match="all")
        assert hit is not None
        check_spans(hit, text)
        (passage,) = (p for p in hit.passages if p.spans)
        assert "Triều cường dâng cao ở phường." in passage.text
        assert passage.text.startswith(("Câu", "Triều")) and passage.text.endswith(".")

    @pytest.mark.parametrize("gap", [" ", ", ", ",", "-"])
    def test_a_sentence_without_end(self, index: Index, gap: str) -> None:
        text = gap.join(f"từ{number}" for number in range(600))
        index.add([Document("a", text)])
        for number in (0, 77, 300, 599):
            (hit,) = index.search(f"từ{number}", match="all")
            check_spans(hit, text)
            assert [p.text[a:b] for p in hit.passages for a, b in p.spans] == [f"từ{number}"]

    def test_a_long_row_of_hits_without_spaces_takes_no_time(self) -> None:
        """For every stretch that could be shown all the hits of the passage were looked at."""
        leaf = Leaf("17", ((WordSlot("17", MarksPolicy.EXACT),),))
        begin, end, spans = snippet(",".join(["17"] * 30_000), [leaf])
        assert end - begin <= 60 * 3 and len(spans) >= 1

    def test_the_stretch_with_most_of_the_query_is_shown(self, index: Index) -> None:
        words = [f"chữ{number}" for number in range(190)]
        words[5] = words[7] = words[9] = "xăng"
        words[150], words[155] = "xăng", "dầu"
        hit = find(index, " ".join(words), "xăng dầu", match="all")
        assert hit is not None
        shown = hit.passages[0].text
        assert "dầu" in shown and "xăng" in shown and "chữ4" not in shown.split()

    def test_at_most_three_passages_of_a_document_best_first(self, index: Index) -> None:
        text = "".join(f"Triều cường thứ {number}. " + "Chuyện khác. " * 35 + "\n\n" for number in range(6))
        hit = find(index, text, "triều cường")
        assert hit is not None
        scores = [passage.score for passage in hit.passages]
        assert len(scores) == 3 and scores == sorted(scores, reverse=True) and min(scores) > 0


def test_a_title_is_highlighted_in_its_own_form(index: Index, tmp_path: Path) -> None:
    index.add([Document("a", "x", title=NFD)])
    (hit,) = index.search("title:phuong")
    assert [hit.title[a:b] for a, b in hit.title_spans] == [unicodedata.normalize("NFD", "phường")]
    assert hit.passages[0].spans == ()


def test_a_word_without_end_is_not_shown_with_what_stands_beside_it() -> None:
    """A key of ten thousand characters filled the screen."""
    leaf = Leaf("xong", ((WordSlot("xong", MarksPolicy.COMPATIBLE),),))
    text = "a" * 10_000 + " việc đã xong rồi"
    begin, end, spans = snippet(text, [leaf])
    assert text[begin:end] == "việc đã xong rồi"
    assert [text[begin:end][a:b] for a, b in spans] == ["xong"]
