"""Abbreviations that texts define, and the lists of what means the same."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnsearch.errors import SynonymsError, VnsearchError
from vnsearch.text.abbreviations import LINKS, definitions, definitions_of_all
from vnsearch.text.canonical import canonical
from vnsearch.text.equivalents import MOST_PHRASES, MOST_TOKENS, NATIONAL, Group, national, parse_groups
from vnsearch.text.figures import in_figures, in_words, numerals
from vnsearch.text.tokens import tokenize


def defined(text: str) -> list[tuple[str, str]]:
    return [tuple(found) for found in definitions(text)]


WORDS = "ủy ban nhân dân đảng viên và của trung ương chữa cháy".split()


@st.composite
def abbreviated(draw: st.DrawFn) -> tuple[list[str], str]:
    """Words, and capitals that may stand for the last of them: now their first letters, now any."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
    begin = draw(st.integers(0, len(words) - 1))
    named = [word for word in words[begin:] if word not in LINKS or draw(st.booleans())]
    initials = "".join("U" if word[0] == "ủ" else word[0].upper() for word in named)
    return words, draw(st.just(initials) | st.text("UBNDĐVTƯWC&-", min_size=2, max_size=9))


class TestDefinitions:
    @pytest.mark.parametrize(
        ("text", "short", "long"),
        [
            ("trong cán bộ (CB) xã", "CB", "cán bộ"),
            ("mọi đảng viên (ĐV)", "ĐV", "đảng viên"),
            ("mọi đảng viên (DV)", "DV", "đảng viên"),
            ("các công chức, viên chức (CCVC)", "CCVC", "công chức viên chức"),
            ("Uỷ ban Nhân dân (UBND) tỉnh", "UBND", "ủy ban nhân dân"),
            ("theo UBND (Ủy ban nhân dân) tỉnh", "UBND", "ủy ban nhân dân"),
            ("Sở Giáo dục và Đào tạo (GDĐT)", "GDĐT", "giáo dục và đào tạo"),
            ("Sở Giáo dục và Đào tạo (GD&ĐT)", "GD&ĐT", "giáo dục và đào tạo"),
            ("Sở Giáo dục - Đào tạo (GD-ĐT)", "GD-ĐT", "giáo dục đào tạo"),
            ("xã hội của các nước (XHCCN)", "XHCCN", "xã hội của các nước"),
            ("Ban Chấp hành Trung ương (BCHT.Ư)", "BCHT.Ư", "ban chấp hành trung ương"),
            ("Trung ương (TW)", "", ""),
            ("Trung ương (TƯ)", "TƯ", "trung ương"),
            ("Ban Thường vụ (sau đây gọi tắt là BTV)", "BTV", "ban thường vụ"),
            ("Ban Thường vụ (viết tắt là: BTV)", "BTV", "ban thường vụ"),
            ("“Ban Thường vụ” (“BTV”)", "BTV", "ban thường vụ"),
            ("một thạc sĩ (ThS)", "ThS", "thạc sĩ"),
            ("Thành phố Hồ Chí Minh (TpHCM)", "TpHCM", "thành phố hồ chí minh"),
            ("đội tuyển U 23 (ĐTU23)", "ĐTU23", "đội tuyển u 23"),
            ("the World Trade Organization (WTO)", "WTO", "world trade organization"),
        ],
    )
    def test_what_defines(self, text: str, short: str, long: str) -> None:
        expected = [(short, long)] if short else []
        assert defined(text) == expected
        assert defined(unicodedata.normalize("NFD", text)) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "ngập ở phường (Hà Nội)",
            "Quận Cầu Giấy (HÀ NỘI)",
            "năm ấy (2018)",
            "khóa trước (XII)",
            "vào in (VI)",
            "cán bộ (C)",
            "cán bộ. (CB)",
            "cán\nbộ; (CB)",
            "cán (CB) bộ",
            "bộ cán (CB)",
            "cán bộ xã (CB)",
            "cán bộ và (CB)",
            "cán bộ (cb)",
            "cán bộ (CB",
            "cán bộ (theo CB)",
            "cadimi (CD)",
            "(CB)",
            "",
        ],
    )
    def test_what_does_not(self, text: str) -> None:
        assert defined(text) == []

    def test_each_once_in_order(self) -> None:
        text = "đảng viên (ĐV), cán bộ (CB), Cán bộ (CB), CB (cán bộ), công báo (CB)"
        assert defined(text) == [("ĐV", "đảng viên"), ("CB", "cán bộ"), ("CB", "công báo")]

    def test_a_window_cuts_no_word(self) -> None:
        """The first letter of a long word was read where the window began."""
        assert defined("a" * 60 + " b" * 2 + " (ABB)") == []

    @given(abbreviated(), st.sampled_from([" ", ", ", " - "]))
    def test_each_letter_begins_a_syllable_in_order(self, given: tuple[list[str], str], join: str) -> None:
        words, short = given
        for found in definitions(f"{join.join(words)} ({short})"):
            rest = iter(found.long.split())
            letters = [letter.lower() for letter in short if letter.isalpha()]
            assert all(any(word[0] in _initials(letter) for word in rest) for letter in letters)
            extra = len(found.long.split()) - len(letters)
            assert extra <= sum(word in LINKS for word in found.long.split())
            assert join.join(words).endswith(found.long) or join != " "

    @given(abbreviated(), st.booleans(), st.lists(st.integers(0, 70), max_size=3).map(sorted))
    def test_texts_that_are_read_together_are_read_apart(
        self, given: tuple[list[str], str], is_behind: bool, cuts: list[int]
    ) -> None:
        """Cut anywhere, no definition reaches from one text into the next, and none takes anything from it."""
        words, short = given
        long = " ".join(words).title()
        text = f"({short})".join((f"{long} ", f" {long} ")) if not is_behind else f"{short} ({long}) {short} {long}"
        texts = [text[begin:end] for begin, end in pairwise([0, *cuts, len(text) + 70])]
        apart = [(place, found) for place, one in enumerate(texts) for found in definitions(one)]
        assert definitions_of_all(texts) == apart

    @given(st.text("ABcĐư ().&-,Ưđ9“\n\u0301", max_size=80))
    def test_never_raises(self, text: str) -> None:
        for found in definitions(text):
            assert found.short and all(canonical(word) == word for word in found.long.split(" "))


def test_most_of_what_is_made_for_these_laws_is_a_definition() -> None:
    """The laws looked at texts without any definition, and could not fail."""
    found: list[bool] = []

    @given(abbreviated())
    def look(given: tuple[list[str], str]) -> None:
        words, short = given
        found.append(bool(definitions(f"{' '.join(words)} ({short})")))

    look()
    assert sum(found) > len(found) / 4


def _initials(letter: str) -> str:
    return {"u": "uủư", "d": "dđ", "ư": "ư", "đ": "đ"}.get(letter, letter)


class TestGroups:
    def test_lines(self) -> None:
        text = "\ufeff# đầu\n\nTP = thành phố = tp.  # cuối\nC# = C sharp\r\nko=>không\n"
        assert parse_groups(text, "x") == [
            Group(("TP", "thành phố", "tp."), ("TP", "thành phố", "tp.")),
            Group(("C#", "C sharp"), ("C#", "C sharp")),
            Group(("ko",), ("không",)),
        ]

    @pytest.mark.parametrize(
        "line",
        [
            "thành phố",
            "TP =",
            "= TP",
            "a => b => c",
            "a = … ",
            "a = " + "b " * (MOST_TOKENS + 1),
            " = ".join(["a"] * (MOST_PHRASES + 1)),
        ],
    )
    def test_an_error_names_file_and_line(self, line: str) -> None:
        with pytest.raises(SynonymsError, match=r"^own\.txt, line 2: ") as raised:
            parse_groups(f"# đầu\n{line}\n", "own.txt")
        assert isinstance(raised.value, VnsearchError)
        assert "\n" not in str(raised.value) and raised.value.hint

    @given(st.text(max_size=60))
    def test_any_text_is_groups_or_one_error(self, text: str) -> None:
        try:
            groups = parse_groups(text, "x")
        except SynonymsError as error:
            assert "\n" not in str(error)
        else:
            assert all(list(tokenize(phrase)) for group in groups for phrase in (*group.typed, *group.meant))

    def test_the_national_list(self) -> None:
        groups = {phrase: group for group in national() for phrase in group.typed}
        assert "ủy ban nhân dân" in groups["UBND"].meant
        assert "thành phố Hồ Chí Minh" in groups["TP.HCM"].meant
        assert "trung ương" in groups["T.Ư"].meant and groups["T.Ư"] == groups["TW"]
        assert groups["ko"].meant == ("không",)

    def test_nothing_is_wrong_in_the_national_list(self) -> None:
        assert parse_groups(NATIONAL.read_text("utf-8"), NATIONAL.name) == list(national())

    def test_no_phrase_has_two_groups_in_the_national_list(self) -> None:
        typed = [" ".join(t.canonical for t in tokenize(phrase)) for group in national() for phrase in group.typed]
        assert sorted(set(typed)) == sorted(typed)


class TestFigures:
    @pytest.mark.parametrize(
        ("row", "expected"),
        [
            ("đại hội 13", [(2, "xiii")]),
            ("dai hoi xiii", [(2, "13")]),
            ("đại hội lần thứ xiii của đảng", [(4, "13")]),
            ("thế kỷ 20", [(2, "xx")]),
            ("khóa 5", []),
            ("khóa 6", []),
            ("khóa vi", []),
            ("điều 13", []),
            ("thứ 2", []),
            ("thế kỷ 40", []),
            ("13", []),
        ],
    )
    def test_numerals_follow_what_is_counted(self, row: str, expected: list[tuple[int, str]]) -> None:
        assert list(numerals(row.split())) == expected

    @pytest.mark.parametrize(
        "chunk", ["32/1/2018", "1/13/2018", "1.2.3", "18.1-2022", "2018", "30.4", "0/1", "a/b", ""]
    )
    def test_what_is_no_date(self, chunk: str) -> None:
        assert in_words(chunk) == ()

    @pytest.mark.parametrize(
        ("row", "expected"),
        [
            ("ngay 02 thang 09 nam 1945", [(0, 6, "2/9/1945")]),
            ("tháng 9 năm 1945", [(0, 4, "9/1945")]),
            ("mùng 2 tháng 9", [(0, 4, "2/9")]),
            ("tháng 9", []),
            ("32 tháng 9 năm nay", []),
            ("tháng", []),
        ],
    )
    def test_dates_in_words(self, row: str, expected: list[tuple[int, int, str]]) -> None:
        assert list(in_figures(row.split())) == expected

    @given(st.dates())
    def test_a_date_goes_there_and_back(self, day: object) -> None:
        year, month, date = (int(part) for part in str(day).split("-"))
        figures = f"{date}/{month}/{year}"
        for way in in_words(figures):
            assert [found for *_, found in in_figures(way.split())] == [figures]
        assert bool(in_words(figures)) is (1000 <= year < 2100)
