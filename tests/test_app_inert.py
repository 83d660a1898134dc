"""Text from documents is shown, never obeyed."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnsearch.app.inert import inert, inert_json, inert_lines, inert_snippet

ACTING = ("Cc", "Cf", "Cs", "Zl", "Zp")
hostile = st.text(st.one_of(st.characters(categories=ACTING), st.characters(), st.sampled_from("đường  \n\t")))


def acts(text: str) -> bool:
    return any(unicodedata.category(character) in ACTING for character in text)


@given(hostile)
def test_nothing_that_acts_is_left_and_no_offset_moves(text: str) -> None:
    shown = inert(text)
    assert not acts(shown)
    assert len(shown) == len(text)
    assert inert(shown) == shown


def test_every_character_that_acts_is_replaced() -> None:
    everything = "".join(map(chr, range(0x110000)))
    assert not acts(inert(everything))
    assert not acts(inert_json(json.dumps(everything, ensure_ascii=False)).replace("\n", ""))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("a\u202egnp.exe", "a·gnp.exe"),
        ("\x9b2J", "\ufffd2J"),
        ("a\u2028b", "a␤b"),
        ("đường", "đường"),
        ("đường 東京", "đường 東京"),
    ],
)
def test_what_is_shown_instead(text: str, shown: str) -> None:
    assert inert(text) == shown


@given(hostile)
def test_a_document_keeps_its_lines(text: str) -> None:
    shown = inert_lines(text)
    assert not acts(shown.replace("\n", ""))
    assert shown.count("\n") == text.count("\n")


@given(hostile, st.data())
def test_spans_of_a_snippet_cut_the_same_words(text: str, data: st.DataObject) -> None:
    borders = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = list(zip(borders[::2], borders[1::2], strict=False))
    shown, moved = inert_snippet(text, spans)
    assert not acts(shown)
    assert "  " not in shown and shown == shown.strip(" ")
    before = ["".join(inert(text)[begin:end].split(" ")) for begin, end in spans]
    after = ["".join(shown[begin:end].split(" ")) for begin, end in moved]
    assert [words for words in before if words] == [words for words in after if words]
    assert all(a < b for a, b in moved) and all(a[1] <= b[0] for a, b in pairwise(moved))


@given(st.recursive(hostile, lambda inner: st.lists(inner) | st.dictionaries(hostile, inner), max_leaves=5))
def test_json_stays_the_same_data_and_can_be_written(value: object) -> None:
    document = inert_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(document) == json.loads(json.dumps(value))
    assert not acts(document)
    document.encode("utf-8")
