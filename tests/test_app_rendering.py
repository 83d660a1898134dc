"""Results as lines: nothing hostile gets through, highlights stand on the right words, lines fit the screen."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnsearch.app.bars import bar
from vnsearch.app.cells import cells
from vnsearch.app.charts import facet_lines
from vnsearch.app.messages import Messages
from vnsearch.app.rendering import (
    HIGHLIGHT,
    MOST_LINES,
    block,
    document_lines,
    explanation_lines,
    hit_lines,
    results_lines,
)
from vnsearch.app.settings import Color
from vnsearch.app.terminal import Terminal, wants_color
from vnsearch.models import Document, Explanation, Facets, FacetValue, Hit, Interpretation, Passage, SearchResults, Term

SGR = re.compile(r"\x1b\[[0-9;]*m")
SAY = Messages("en")
ACTING = ("Cc", "Cf", "Zl", "Zp", "Cs")
hostile = st.text(st.one_of(st.characters(categories=ACTING), st.sampled_from("đường 東\u0301")))


def screen(width: int | None, color: bool, monkeypatch: pytest.MonkeyPatch | None = None) -> Terminal:
    if monkeypatch is not None and width is not None:
        monkeypatch.setenv("COLUMNS", str(width))
    return Terminal(io.StringIO(), io.StringIO(), color=color, wraps=width is not None)


def acts(line: str) -> bool:
    return any(unicodedata.category(character) in ACTING for character in line)


@st.composite
def hits(draw: st.DrawFn) -> Hit:
    text = draw(hostile)
    borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    spans = tuple(zip(borders[::2], borders[1::2], strict=False))
    passage = Passage(text, 0, 1.0, spans)
    fields = {"date": draw(hostile | st.dates())}
    return Hit(draw(hostile), draw(hostile), draw(st.none() | hostile), 1.5, fields, (passage,))


@given(hits(), st.booleans(), st.booleans())
def test_a_result_holds_no_control_but_our_own_colours(hit: Hit, color: bool, wraps: bool) -> None:
    for line in hit_lines(hit, 1, screen(60 if wraps else None, color), SAY):
        assert not acts(SGR.sub("", line))
        assert color or "\x1b" not in line


@given(hostile, hostile, st.booleans())
def test_a_document_holds_no_control_but_our_own_colours(text: str, title: str, color: bool) -> None:
    document = Document(id=title, text=text, title=title, fields={title: text}, path=text)
    for line in document_lines(document, screen(40, color)):
        assert not acts(SGR.sub("", line))


@given(hits())
def test_every_line_closes_its_colours_and_reads_the_same_without(hit: Hit) -> None:
    painted = list(hit_lines(hit, 1, screen(None, True), SAY))
    assert [SGR.sub("", line).rstrip() for line in painted] == list(hit_lines(hit, 1, screen(None, False), SAY))
    for line in painted:
        codes = SGR.findall(line)
        assert codes[1::2] == ["\x1b[0m"] * (len(codes) // 2) and len(codes) % 2 == 0


HIT = Hit(
    id="a.txt",
    title="Tư tưởng, đạo đức Hồ Chí Minh",
    path="seeds/a.txt",
    score=7.035,
    fields={"date": date(2018, 5, 15)},
    passages=(Passage("Học tập\nđạo đức, phong cách", 0, 1.0, ((8, 11), (12, 15))),),
    title_spans=((10, 13),),
)


def test_a_result_is_plain_where_nobody_watches() -> None:
    assert list(hit_lines(HIT, 3, screen(None, False), SAY)) == [
        "3. Tư tưởng, đạo đức Hồ Chí Minh",
        "   seeds/a.txt · 2018-05-15 · score 7.04",
        "   - Học tập đạo đức, phong cách",
    ]


def test_highlights_stand_on_the_words_that_match() -> None:
    painted = "\n".join(hit_lines(HIT, 1, screen(None, True), SAY))
    assert re.findall(rf"\x1b\[{HIGHLIGHT}m(.*?)\x1b\[0m", painted) == ["đạo", "đạo", "đức"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_highlights_are_right_when_lines_break_and_letters_are_decomposed(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [unicodedata.normalize(form, word) for word in "Đảng bộ thành phố tổ chức hội nghị".split()]
    text = " ".join(words)
    begin = text.index(words[4])
    spans = [(begin, begin + len(words[4]) + 1 + len(words[5]))]
    lines = list(block("   ", text, spans, screen(24, True, monkeypatch)))
    assert all(cells(SGR.sub("", line)) <= 24 for line in lines)
    found = re.findall(rf"\x1b\[{HIGHLIGHT}m(.*?)\x1b\[0m", "".join(lines))
    assert " ".join(found).split() == words[4:6]


@given(hits(), st.integers(20, 100))
def test_lines_fit_the_screen(hit: Hit, width: int) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        terminal = screen(width, False, monkeypatch)
        assert all(cells(line) <= width for line in hit_lines(hit, 1, terminal, SAY, best=2.0))


@pytest.mark.parametrize("letter", ["x", "東", "e\u0301"])
def test_a_word_of_10_000_characters_does_not_fill_the_screen(letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    passage = Passage("tham nhũng " + letter * 10_000, 0, 1.0)
    hit = Hit("a", letter * 10_000, letter * 10_000, 1.0, {}, (passage,))
    lines = list(hit_lines(hit, 1, screen(40, False, monkeypatch), SAY))
    assert len(lines) == 3 * MOST_LINES and max(map(cells, lines)) <= 40
    assert [line[-1] for line in lines].count("…") == 3
    assert letter * 10_000 in next(hit_lines(hit, 1, screen(None, False), SAY))


def test_a_result_without_a_title_is_called_by_its_id() -> None:
    hit = Hit("a.txt", " ", None, 1.0, {}, ())
    assert list(hit_lines(hit, 1, screen(None, False), SAY)) == ["1. a.txt", "   a.txt · score 1.00"]


def test_numbers_go_on_over_pages() -> None:
    page = SearchResults("q", (HIT, HIT), 12, 10, 0.0, Interpretation("q"))
    lines = list(results_lines(page, screen(None, False), SAY))
    assert [line for line in lines if line[:1].isdigit()] == [f"{n}. {HIT.title}" for n in (11, 12)]


def test_a_score_is_drawn_on_a_screen_and_a_number_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    page = SearchResults("q", (HIT, HIT), 12, 10, 0.0, Interpretation("q"))
    drawn = [line for line in results_lines(page, screen(72, False, monkeypatch), SAY) if "score" in line]
    assert drawn == ["   ████████ score 7.04 · seeds/a.txt · 2018-05-15"] * 2
    drawn = [line for line in results_lines(page, screen(72, False), SAY, best=14.07) if "score" in line]
    assert drawn == ["   ████     score 7.04 · seeds/a.txt · 2018-05-15"] * 2
    monkeypatch.setenv("TERM", "dumb")
    assert "█" not in "".join(results_lines(page, screen(72, False), SAY))


def test_nothing_is_drawn_where_letters_of_the_screen_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for encoding, draws in (("latin-1", False), ("ascii", False), ("utf-8", True), ("UTF-8", True)):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        assert Terminal(stream, stream, color=False, wraps=True).draws is draws
        assert not Terminal(stream, stream, color=False, wraps=False).draws


@given(st.floats(0, 1), st.integers(1, 50))
def test_a_bar_fits_its_width_and_what_is_not_nothing_is_seen(share: float, width: int) -> None:
    drawn = bar(share, width)
    assert len(drawn) == cells(drawn) <= width
    assert bool(drawn) == (share > 0)
    assert share < 1 or drawn == "█" * width


FACETS = Facets("source", "text", (FacetValue("nhân dân\x1b[2J", 1200), FacetValue("東京\t" * 40, 300)), 1600, 100)


@pytest.mark.parametrize("width", [20, 60, 100])
def test_facets_are_bars_that_fit_the_screen(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    lines = list(facet_lines(FACETS, screen(width, False, monkeypatch), SAY))
    assert all(cells(line) <= width and not acts(line) for line in lines)
    assert lines[0].startswith("source in 1,600") and lines[-1] == "  without it: 100"
    assert " 1,200 █" in lines[-3] and "   300 " in lines[-2]
    painted = [SGR.sub("", line) for line in facet_lines(FACETS, screen(width, True, monkeypatch), SAY)]
    assert painted == lines


def test_facets_are_rows_for_programs() -> None:
    rows = [line.split("\t") for line in facet_lines(FACETS, screen(None, False), SAY)]
    assert rows == [["source", "nhân dân␛[2J", "1200"], ["source", "東京 " * 40, "300"]]
    assert list(facet_lines(Facets("source", "text", (), 0, 0), screen(None, False), SAY)) == []


def test_an_explanation_names_the_parts_of_a_score(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = (
        Term("dao", ("đào", "đạo\x1b"), 5, 0.25),
        Term("dao", ("đào", "đạo\x1b"), 5, 0.5),
        Term("đức", ("đức",), 1, 1.0),
        Term("zz", (), 0, 0.0),
        Term("dao zz", (), 0, 0.0),
        Term("best passage", (), 1, 1.5),
        Term("best passage", (), 1, 3.0),
    )
    explanation = Explanation("a", "dao duc", True, 5.75, terms, "")
    assert list(explanation_lines(explanation, screen(None, False), SAY)) == [
        "      0.750  dao, found as đào, đạo␛ (in 5 documents)",
        "      1.000  đức (in 1 document)",
        "      0.000  zz, not found here (in 0 documents)",
        "      1.500  best passage, side by side (in 1 document)",
        "      3.000  its best passage",
    ]
    monkeypatch.setenv("TERM", "xterm")
    drawn = list(explanation_lines(explanation, screen(72, False, monkeypatch), SAY))
    assert drawn[0] == "      0.750 ██        dao, found as đào, đạo␛ (in 5 documents)"
    assert drawn[-1] == "      3.000 ████████  its best passage"
    for width in (20, 39, 40):
        lines = explanation_lines(explanation, screen(width, True, monkeypatch), SAY)
        assert all(cells(SGR.sub("", line)) <= width for line in lines)


@pytest.mark.parametrize(
    ("environ", "setting", "color"),
    [
        ({}, "always", True),
        ({"TERM": "dumb"}, "always", True),
        ({"NO_COLOR": "1"}, "always", False),
        ({}, "never", False),
        ({"FORCE_COLOR": "1"}, "never", True),
        ({}, "auto", False),
    ],
)
def test_a_setting_decides_where_the_environment_leaves_it_open(
    environ: dict[str, str], setting: Color, color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wants_color(io.StringIO(), environ, setting) is color
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert screen(None, not color).colored(setting).color is (color if setting != "auto" else not color)


@pytest.mark.parametrize(
    ("environ", "tty", "color"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_where_it_is_wanted(environ: dict[str, str], tty: bool, color: bool) -> None:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return tty

    assert wants_color(Stream(), environ) is color


def test_talk_is_broken_between_words_on_a_screen_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "20")
    for err, told in (
        (Screen(), "không có chỉ mục\ntrong thư mục\n"),
        (io.StringIO(), "không có chỉ mục trong thư mục\n"),
    ):
        Terminal(io.StringIO(), err, color=False, wraps=True).talk("không có chỉ mục trong thư mục")
        assert err.getvalue() == told
