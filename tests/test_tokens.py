"""Text into tokens, units and numbers: what each rule does, and the laws that hold for any text."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given
from strategies import texts_and_rewritings, wild

from vnsearch.text.canonical import bare, canonical
from vnsearch.text.characters import is_invisible, is_mark
from vnsearch.text.passages import cut
from vnsearch.text.tokens import Token, extends, numbers, starts, tokenize, units


def forms(text: str) -> str:
    """The canonical tokens of a text; joined ones tied with +, units parted by spaces."""
    return "".join(("+" if token.joined else " ") + token.canonical for token in tokenize(text)).strip()


CASES = [
    # (text, tokens)
    ("Ðảng ủy, chính quyền.", "đảng ủy chính quyền"),
    ("TP.HCM", "tp+hcm"),
    ("T.Ư", "t+ư"),
    ("Chỉ thị 05-CT/TW", "chỉ thị 05+ct+tw"),
    ("ngày 18/1/2022", "ngày 18+1+2022"),
    ("1.000.000 đồng", "1+000+000 đồng"),
    ("W.Wilson", "w+wilson"),
    ("hết rồi…thôi", "hết rồi+thôi"),
    ("Điều 5.Phạm vi", "điều 5+phạm vi"),
    ("Điều 5. Phạm vi", "điều 5 phạm vi"),
    ("kinh tế - xã hội", "kinh tế xã hội"),
    ("kinh tế–xã hội", "kinh tế+xã hội"),
    ("“Đúng” ‘sai’ «thôi»", "đúng sai thôi"),
    ("don’t", "don+t"),
    ("a_b", "a+b"),
    ("a&b@c.vn", "a+b+c+vn"),
    ("Hà\u00a0Nội\u2009xa\u3000xôi", "hà nội xa xôi"),
    ("kinh\u00adtế Vi\u200bệt", "kinhtế việt"),
    ("ＴＰ．ＨＣＭ", "tp+hcm"),
    ("Nаm", "nam"),
    ("H2O COVID-19", "h2o covid+19"),
    ("Café NIÑO Москва Ελλάδα", "café niño москва ελλάδα"),
    # ideographs one by one, what stands between them whole
    ("東京タワー", "東+京+タ+ワ+ー"),
    ("Tokyo東京2020", "tokyo+東+京+2020"),
    ("한국 서울", "한국 서울"),
    # emoji sequences whole
    ("👍🏽👍", "👍🏽+👍"),
    ("🇻🇳🇱🇦🇻", "🇻🇳+🇱🇦+🇻"),
    ("👨\u200d👩\u200d👧 vui", "👨👩👧 vui"),
    ("vui😀quá", "vui+😀+quá"),
    # nothing to be found
    ("", ""),
    (" \n\t", ""),
    ("… – “” ()", ""),
    ("\u0301\u200b\u00ad", ""),
    ("\ud800\0\udfff", ""),
    ("a\ud800b\0c", "a+b+c"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_tokens(text: str, expected: str) -> None:
    assert forms(text) == expected


def test_offsets_count_characters_of_the_text_as_given() -> None:
    text = unicodedata.normalize("NFD", "Về Đường") + " p\u00adhố\u200b, 😀東"
    found = [text[token.begin : token.end] for token in tokenize(text)]
    assert found == [*map(lambda w: unicodedata.normalize("NFD", w), ("Về", "Đường")), "p\u00adhố", "😀", "東"]


@given(wild)
@example("東\u200bᅟx")
@example("🇻🇳🇻\u0301")
@example("a\u200d👩\u200d")
@example("\u3164")  # a filler that was invisible as found and visible once repaired
@example("\uffa0a")
def test_spans_cut_the_text_at_token_borders(text: str) -> None:
    last = 0
    uncovered = []
    for token in tokenize(text):
        assert last <= token.begin < token.end <= len(text), "ordered, disjoint, not empty"
        piece = text[token.begin : token.end]
        assert canonical(piece) == token.canonical != ""
        assert list(tokenize(piece)) == [Token(token.canonical, 0, len(piece))], "one token, all of it"
        assert starts(piece[0]) or extends(piece[0])
        assert not is_invisible(piece[-1])
        uncovered.append(text[last : token.begin])
        last = token.end
    uncovered.append(text[last:])
    assert not any(starts(c) and canonical(c) for gap in uncovered for c in gap), "no letter is left out"
    assert not any(is_mark(gap[0]) and not is_invisible(gap[0]) for gap in uncovered[1:] if gap), "no mark torn off"


@given(wild)
def test_tokens_are_joined_where_no_white_space_parts_them(text: str) -> None:
    found = list(tokenize(text))
    for before, token in pairwise(found):
        assert token.joined == (not any(c.isspace() for c in text[before.end : token.begin]))
    assert not (found and found[0].joined)


@given(wild, wild)
def test_texts_beside_each_other_keep_their_tokens(one: str, other: str) -> None:
    shift = len(one) + 1
    moved = [Token(t.canonical, t.begin + shift, t.end + shift, t.joined) for t in tokenize(other)]
    assert list(tokenize(f"{one} {other}")) == [*tokenize(one), *moved]


@given(texts_and_rewritings())
def test_all_writings_of_a_text_have_the_same_tokens(pair: tuple[str, str]) -> None:
    text, written = pair
    assert forms(written) == forms(text)
    assert [bare(t.canonical) for t in tokenize(written)] == [bare(t.canonical) for t in tokenize(text)]


@given(texts_and_rewritings())
def test_case_does_not_matter(pair: tuple[str, str]) -> None:
    for text in pair:
        assert forms(text.upper()) == forms(text.lower()) == forms(text)


@given(wild)
def test_units_are_the_chains_of_joined_tokens(text: str) -> None:
    found = list(tokenize(text))
    chains = list(units(found))
    assert [place for first, end in chains for place in range(first, end)] == list(range(len(found)))
    for first, end in chains:
        assert [token.joined for token in found[first:end]] == [False] + [True] * (end - first - 1)


VALUES = [
    ("1.000.000", ["1000000"]),
    ("1,000,000", ["1000000"]),
    ("1.000", ["1000"]),
    ("từ 1.000 đến 2.500 đồng", ["1000", "2500"]),
    ("1.000.000đ", ["1000000"]),
    ("1.000-2.000", ["1000", "2000"]),
    ("(12.345)", ["12345"]),
    ("giá 1.234.567, rẻ", ["1234567"]),
    ("1.000.000,5", ["1000000"]),
    # no grouped numbers
    ("1000", []),
    ("18.1.2022", []),
    ("18/1/2022", []),
    ("1.2.3", []),
    ("1.0000", []),
    ("1.000.00", []),
    ("0912.345.678", []),
    ("0.500", []),
    ("1 000", []),
    ("a1.000", []),
    ("2018.123.456", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "values"), VALUES)
def test_values_of_grouped_numbers(text: str, values: list[str]) -> None:
    found = list(tokenize(text))
    assert [number.value for number in numbers(text, found)] == values


@given(wild)
@example("1.000.000")
@example("x 12.345,678")
def test_numbers_stand_where_they_say(text: str) -> None:
    found = list(tokenize(text))
    last = 0
    for number in numbers(text, found):
        assert last <= number.begin == found[number.token].begin < number.end
        written = text[number.begin : number.end]
        assert written.replace(".", "").replace(",", "") == number.value
        assert number.value.isascii() and number.value.isdigit()
        last = number.end


# Bad input: nothing raises, offsets stay true, time grows with the length.

BAD = {
    "lone surrogates": "a\ud800b \udfff" * 1000,
    "nul bytes": "đường\0phố\0" * 1000,
    "100 stacked marks": "đườ" + "\u0300" * 100 + "ng",
    "100,000 stacked marks": "đườ" + "\u0300" * 100_000 + "ng tiếp",
    "marks on nothing": " " + "\u0301" * 100_000 + " a",
    "unassigned code points": "a\u0378\u0379b \U000e0fff\U0010ffff" * 1000,
    "a token of 10,000 characters": "ế" * 10_000 + " x",
    "a decomposed token of 10,000 letters": "e\u0302\u0301" * 10_000 + " x",
    "a token of invisible characters": "a" + "\u200b" * 100_000 + "b",
}


@pytest.mark.parametrize("text", BAD.values(), ids=list(BAD))
def test_bad_input_keeps_its_offsets(text: str) -> None:
    found = list(tokenize(text))
    assert found
    last = 0
    for token in found:
        assert last <= token.begin < token.end <= len(text)
        assert token.canonical == canonical(text[token.begin : token.end])
        last = token.end


def test_ten_megabytes_without_a_space_are_one_token() -> None:
    text = "nghiêngđường" * 833_334
    assert [(t.begin, t.end) for t in tokenize(text)] == [(0, len(text))]


def test_ten_megabytes_on_one_line() -> None:
    text = "nghiêng ngả " * 833_334
    last = count = 0
    for token in tokenize(text):
        assert token.begin == last and token.canonical in ("nghiêng", "ngả")
        last = token.end + 1
        count += 1
    assert (count, last) == (2 * 833_334, len(text))


REPEATED = {
    "ascii": ["a", "a ", "a.", "1.", "1.000.", "000.", "x1", "- ", "()", "\0"],
    "marks": ["\u0301", "a\u0301\u0302", "đ\u0335", "\u200b", "a\u200b", "\u034f\u0301", "\ud800"],
    "ideographs": ["東", "東\u200b", "東\u0301", "か "],
    "emoji": ["🇻", "👩\u200d", "👍🏽", "\u200d", "a🇻"],
    "sentences": [".", "?!", "… ", ".)", ". ", "V. ", "TP. HCM. ", "Đ.", '."', "1. ", "a\n", "\r", "A\r\n"],
}


@pytest.mark.parametrize("piece", [piece for row in REPEATED.values() for piece in row])
def test_time_grows_with_the_length(piece: str) -> None:
    """40,000 of anything take far less than a second; what grows with the square of it takes much more than ten."""

    def tokens_and_numbers(text: str) -> None:
        found = list(tokenize(text))
        list(numbers(text, found))
        list(units(found))

    readers: list[Callable[[str], object]] = [tokens_and_numbers, lambda text: cut("a " * 300 + text)]
    for reader in readers:
        started = time.process_time()
        reader(piece * 40_000 + "0")
        assert time.process_time() - started < 5
