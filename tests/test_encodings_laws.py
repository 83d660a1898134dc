"""Laws of the old encodings: what was written comes back, what is right stays, and nothing ever raises."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnsearch.text.alphabet import LETTERS, TONE_MARKS, compose
from vnsearch.text.encodings import convert, decode, doubtful, repair
from vnsearch.text.encodings.tcvn import TCVN3, TCVN5712
from vnsearch.text.encodings.viscii import VISCII
from vnsearch.text.encodings.vni import VNI
from vnsearch.text.encodings.vps import VPS
from vnsearch.text.encodings.western import WESTERN, read_western
from vnsearch.text.syllable import ONSETS, RIMES, STOPS, assemble, is_syllable

Form = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")
MODEST = settings(max_examples=60, deadline=None)


def _syllables() -> list[str]:
    """Every syllable of the rules, without those no Vietnamese writes (an open ă or â)."""
    every = {
        assemble(onset, rime, tone)
        for onset in ("", *sorted(ONSETS))
        for rime in sorted(RIMES)
        if rime not in ("ă", "â")
        for tone in ((4, 5) if rime.endswith(STOPS) else range(6))
    }
    return sorted(filter(is_syllable, every))


SYLLABLES = _syllables()
MARKED = [s for s in SYLLABLES if not s.isascii()]
words = st.sampled_from(SYLLABLES)
# At the very end of a text VIQR's tone and full stop are one, so every text here ends in a consonant.
texts = st.lists(words, min_size=1, max_size=30).map(lambda chosen: " ".join((*chosen, "nam")))
long_texts = st.lists(st.sampled_from(MARKED), min_size=12, max_size=30, unique=True).map(
    lambda chosen: " ".join((*chosen, "nam"))
)
western_words = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéèàùâêîôûçäöüßñáíóúãõåøæ"), min_size=1, max_size=9)
rubbish = st.text(st.characters(codec=None), max_size=60) | st.text(
    st.sampled_from("aeoud^+'`?~.(\\&#;1Ãáº»‡µ·¸ÖñöôâêÄÆ° \n")
)


def by_table(table: dict[int, str]) -> Callable[[str], str]:
    """A writer of Western text from a table of one-byte letters."""
    back = {
        ord(letter): WESTERN[byte] for byte in range(256) for letter in [table.get(ord(WESTERN[byte]), "")] if letter
    }
    return lambda text: text.translate(back)


def write_vni(text: str) -> str:
    back = {
        letter: shown
        for shown, letter in VNI.items()
        if shown == (shown.lower() if letter.islower() else shown.upper())
    }
    return "".join(back.get(c, c) for c in text)


def write_viqr(text: str) -> str:
    written = []
    for character in text:
        letter, mark, tone = LETTERS.get(character, (character, 0, 0))
        stroke = "dd" if character == "đ" else letter
        written.append(stroke + ("", "^", "(", "+")[mark] + ("", "`", "?", "~", "'", ".")[tone])
    return "".join(written)


def write_1258(text: str) -> str:
    written = []
    for character in text:
        letter, mark, tone = LETTERS.get(character, (character, 0, 0))
        written.append(character if character == "đ" or not tone else compose(letter, mark) + TONE_MARKS[tone])
    return read_western("".join(written).encode("cp1258"))


WRITERS: dict[str, Callable[[str], str]] = {
    "viscii": by_table(VISCII),
    "vps": by_table(VPS),
    "tcvn5712": by_table(TCVN5712),
    "tcvn3": by_table(TCVN3),
    "vni": write_vni,
    "viqr": write_viqr,
    "windows-1258": write_1258,
    "mojibake": lambda text: read_western(text.encode()),
    "html": lambda text: "".join(c if c.isascii() else f"&#{ord(c)};" for c in text),
}


@pytest.mark.parametrize("encoding", WRITERS)
@MODEST
@given(text=texts)
def test_what_was_written_comes_back(encoding: str, text: str) -> None:
    assert convert(WRITERS[encoding](text), encoding) == text


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viqr", "mojibake", "html"])
@MODEST
@given(text=long_texts)
def test_repair_finds_the_encoding(encoding: str, text: str) -> None:
    found = repair(WRITERS[encoding](text))
    assert (found.text, found.encoding, found.certain) == (text, encoding, True)


@pytest.mark.parametrize("encoding", ["viscii", "vps", "windows-1258", "vni", "tcvn3"])
@MODEST
@given(text=long_texts)
def test_decode_finds_the_encoding(encoding: str, text: str) -> None:
    shown = WRITERS[encoding](text)
    found = decode(bytes(WESTERN.index(c) for c in shown))
    assert (found.text, found.encoding, found.certain) == (text, encoding, True)


@MODEST
@given(text=texts, form=st.sampled_from(FORMS), case=st.sampled_from([str.lower, str.upper, str.title]))
def test_right_vietnamese_stays(text: str, form: Form, case: Callable[[str], str]) -> None:
    right = unicodedata.normalize(form, case(text))
    assert repair(right).text is right
    assert decode(right.encode()).text == decode(right.encode("utf-16")).text == right


@MODEST
@given(st.lists(st.sampled_from([s for s in SYLLABLES if max(s) <= "ÿ"]), min_size=1, max_size=8).map(" ".join))
def test_right_vietnamese_of_latin_letters_stays(text: str) -> None:
    """The hard case: no letter in it shows that it is Unicode (Hoà Lan, toàn trang)."""
    assert repair(text).text is text


@MODEST
@given(st.text(st.characters(max_codepoint=127), max_size=80))
def test_ascii_stays(text: str) -> None:
    assert repair(text).text == text


@MODEST
@given(st.lists(western_words, min_size=4, max_size=20).map(" ".join))
def test_western_words_stay(text: str) -> None:
    assert repair(text).text == text


@settings(max_examples=300, deadline=None)
@given(rubbish)
def test_repair_never_raises_and_is_idempotent(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | rubbish.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_decode_never_raises(data: bytes) -> None:
    assert isinstance(decode(data).text, str)


@MODEST
@given(rubbish, st.sampled_from(sorted(WRITERS)))
def test_convert_never_raises(text: str, encoding: str) -> None:
    assert isinstance(convert(text, encoding), str)


@MODEST
@given(st.lists(rubbish | texts | texts.map(write_vni) | western_words.map("đạo {}".format), max_size=12))
def test_what_a_screening_leaves_out_is_right(held: list[str]) -> None:
    places = doubtful(held)
    assert places == sorted({*places}) and all(0 <= place < len(held) for place in places)
    for place, text in enumerate(held):
        if place not in places:
            assert repair(text).text == text


def test_a_screening_leaves_out_nearly_all_right_texts() -> None:
    held = [
        "Quốc hội họp tại Hà Nội, phí 5 °C à",
        "",
        "nghị định é",
        "chợ \ud800 quê 😀",
        "đường » phố",
        "A & đ",
        "abc",
    ]
    assert doubtful(held) == [4, 5, 6]
