"""What may have been meant by a syllable, and what each slip costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import alphabetic, syllables, wild

from vnsearch.text.canonical import canonical
from vnsearch.text.confusions import (
    ANOTHER,
    BY_EAR,
    BY_SPELLING,
    DOUBLED,
    HOI_NGA,
    MARK,
    MISSING,
    SURPLUS,
    SWAPPED,
    TONE,
    UNMARKED,
    is_shaped,
    mark_cost,
    respellings,
    taken_apart,
)

# (typed, meant, what the slip of letters and those of marks cost)
SLIPS = [
    *[("sử", "xử", BY_EAR), ("chân", "trân", BY_EAR), ("lúa", "núa", BY_EAR), ("dành", "giành", BY_EAR)],
    *[("giành", "dành", BY_EAR), ("rành", "giành", BY_EAR), ("vui", "dui", BY_EAR), ("diếng", "giếng", BY_EAR)],
    *[("giếng", "diếng", BY_EAR), ("lang", "lan", BY_EAR), ("bắt", "bắc", BY_EAR), ("thít", "thích", BY_EAR)],
    *[("ngiêm", "nghiêm", BY_SPELLING), ("cẻ", "kẻ", BY_SPELLING), ("gế", "ghế", BY_SPELLING)],
    *[("tai", "tay", BY_SPELLING), ("fải", "phải", BY_SPELLING), ("wê", "quê", BY_SPELLING)],
    *[("tưởgn", "tưởng", SWAPPED), ("đọa", "đạo", SWAPPED), ("đứxc", "đức", SURPLUS), ("đứcc", "đức", DOUBLED)],
    *[("tởng", "tưởng", MISSING), ("tửng", "tưởng", MISSING), ("đứv", "đức", ANOTHER), ("nhăm", "năm", SURPLUS)],
    *[("sữ", "xử", BY_EAR + HOI_NGA), ("sừ", "xử", BY_EAR + TONE), ("su", "xử", BY_EAR + 2 * UNMARKED)],
    *[("sư", "xử", BY_EAR + UNMARKED), ("chấn", "trân", BY_EAR + TONE), ("chăn", "trân", BY_EAR + MARK)],
]


@pytest.mark.parametrize(("typed", "meant", "cost"), SLIPS)
def test_a_slip_and_its_cost(typed: str, meant: str, cost: float) -> None:
    letters = taken_apart(meant).letters
    found = [
        slip + marks
        for spelling, slip in respellings(canonical(typed))
        if spelling.letters == letters and (marks := mark_cost(spelling, meant)) is not None
    ]
    assert min(found) == cost


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        *[("nghĩ", "nghỉ", HOI_NGA), ("nghí", "nghỉ", TONE), ("nghi", "nghỉ", UNMARKED), ("nghỉ", "nghi", TONE)],
        *[("dường", "đường", UNMARKED), ("đường", "dường", MARK), ("cơm", "côm", MARK), ("com", "cơm", UNMARKED)],
    ],
)
def test_slips_of_marks(typed: str, meant: str, cost: float) -> None:
    assert mark_cost(taken_apart(typed), meant) == cost


def test_a_tone_left_out_on_purpose_costs_nothing() -> None:
    assert mark_cost(taken_apart("tương"), "tưởng", toneless=True) == 0
    assert mark_cost(taken_apart("tường"), "tưởng", toneless=True) == TONE


def test_what_is_no_syllable_is_near_none_or_some() -> None:
    assert respellings("") == respellings("covid19") == respellings("2018") == respellings("nghiêngngả") == ()
    assert {spelling.letters for spelling, _ in respellings("đạc")} >= {"dat", "dao", "da"}
    assert not is_shaped("covid") and is_shaped("duong") and is_shaped("duờng")


@given(syllables)
def test_a_syllable_costs_nothing_as_it_is(syllable: str) -> None:
    assert mark_cost(taken_apart(syllable), syllable) == 0
    assert is_shaped(syllable)


@given(wild | alphabetic)
def test_any_token_has_respellings_that_are_shaped_as_syllables(text: str) -> None:
    token = canonical(text)
    typed = taken_apart(token)
    assert len(typed.letters) == len(typed.marks) == len(token)
    for spelling, cost in respellings(token):
        assert cost > 0 and is_shaped(spelling.letters) and spelling.letters != typed.letters
        assert len(spelling.letters) == len(spelling.marks)
