"""Four tiers: how the marks that were typed bear on the marks that are written."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import SYLLABLES, alphabetic, markings, syllables, wild

from vnsearch.text.alphabet import LETTERS
from vnsearch.text.canonical import bare, canonical, key
from vnsearch.text.marks import Tier, is_bare, is_complete, lacks_tones, tier

TIERS = [
    ("đường", "đường", Tier.EXACT),
    ("kỹ", "kĩ", Tier.EXACT),
    ("lí", "lý", Tier.EXACT),
    ("y", "y", Tier.EXACT),
    ("duong", "đường", Tier.RICHER),
    ("duờng", "đường", Tier.RICHER),
    ("đuong", "đường", Tier.RICHER),
    ("ky", "kĩ", Tier.RICHER),
    ("ki", "kỹ", Tier.RICHER),
    ("nam", "năm", Tier.RICHER),
    ("đảng", "dang", Tier.POORER),
    ("đường", "duong", Tier.POORER),
    ("đường", "duờng", Tier.POORER),
    ("việt", "viêt", Tier.POORER),
    ("kỹ", "ki", Tier.POORER),
    ("đường", "dương", Tier.CONFLICTING),
    ("đường", "đương", Tier.CONFLICTING),
    ("đảng", "đang", Tier.CONFLICTING),
    ("nghĩ", "nghỉ", Tier.CONFLICTING),
    ("nghĩ", "nghị", Tier.CONFLICTING),
    ("cân", "căn", Tier.CONFLICTING),
    ("kỹ", "kì", Tier.CONFLICTING),
    ("đan", "dán", Tier.CONFLICTING),
    ("đường", "phố", Tier.NONE),
    ("tay", "tai", Tier.NONE),
    ("", "a", Tier.NONE),
    # not of the Vietnamese alphabet
    ("nino", "niño", Tier.RICHER),
    ("niño", "nino", Tier.POORER),
    ("moskva", "москва", Tier.RICHER),
    ("chaika", "чайка", Tier.RICHER),
    ("чайка", "chaika", Tier.POORER),
    ("niño", "níño", Tier.RICHER),
    ("níno", "niño", Tier.CONFLICTING),
    ("niño", "niňo", Tier.CONFLICTING),
    ("東", "東", Tier.EXACT),
    # more than one tone
    ("resumé", "résumé", Tier.RICHER),
    ("hànội", "hanội", Tier.POORER),
    ("hánội", "hànội", Tier.CONFLICTING),
]


@pytest.mark.parametrize(("query", "indexed", "expected"), TIERS)
def test_tier(query: str, indexed: str, expected: Tier) -> None:
    assert tier(query, indexed) is expected


@pytest.mark.parametrize(("query", "indexed"), [("badá", "báda"), ("b2á3a", "b2a3á")])
def test_one_tone_on_another_letter_of_what_is_no_syllable_is_no_poorer_marking(query: str, indexed: str) -> None:
    assert tier(query, indexed) is Tier.CONFLICTING


def contents(token: str) -> set[tuple[object, ...]]:
    """The marks of a token of the alphabet, as a set."""
    tones = [(place, LETTERS[c][2]) for place, c in enumerate(key(token)) if LETTERS[c][2]]
    letters = {(place, LETTERS[c][1], c == "đ") for place, c in enumerate(key(token)) if LETTERS[c][1] or c == "đ"}
    return letters | {("tone", *tone) for tone in tones}


def syllable_contents(token: str) -> set[tuple[object, ...]]:
    """The same, the tone wherever it stands."""
    return {mark[::2] if mark[0] == "tone" else mark for mark in contents(token)}


def tier_by_sets(query: str, indexed: str) -> Tier:
    """The tiers as sets of marks: fewer marks that contradict nothing are a subset."""
    if key(query) == key(indexed):
        return Tier.EXACT
    several = any(sum(1 for m in contents(t) if m[0] == "tone") > 1 for t in (query, indexed))
    q, d = (contents(t) if several else syllable_contents(t) for t in (query, indexed))
    if q < d:
        return Tier.RICHER
    if d < q and not (d and is_complete(indexed)):
        return Tier.POORER
    return Tier.CONFLICTING


same_bare = markings().map(lambda made: [canonical(token) for token in made])


@given(same_bare)
@example(["resumé", "résumé"])
@example(["badá", "báda"])
def test_tier_is_a_comparison_of_sets(pair: list[str]) -> None:
    assert tier(*pair) is tier_by_sets(*pair)


@given(st.one_of(syllables, wild))
def test_a_token_is_exactly_itself_and_its_bare_form_reaches_it(token: str) -> None:
    form = canonical(token)
    assert tier(form, form) is Tier.EXACT
    assert tier(bare(form), form) in (Tier.EXACT, Tier.RICHER)
    assert tier(form, bare(form)) in (Tier.EXACT, Tier.POORER)


@given(st.one_of(same_bare, st.tuples(wild, wild).map(lambda pair: [canonical(t) for t in pair])))
def test_richer_and_poorer_mirror_each_other(pair: list[str]) -> None:
    there, back = tier(*pair), tier(*reversed(pair))
    if there in (Tier.EXACT, Tier.NONE):
        assert back is there
    if there is Tier.POORER:
        assert back is Tier.RICHER
    if there is Tier.RICHER:
        assert back in (Tier.POORER, Tier.CONFLICTING)


@given(alphabetic)
def test_what_is_bare_bears_no_mark(token: str) -> None:
    assert is_bare(token) == token.isascii()
    assert not (is_bare(token) and is_complete(token))


def test_foreign_letters_are_marks_and_ideographs_are_not() -> None:
    assert not is_bare("niño") and not is_bare("москва")
    assert is_bare("東") and is_bare("東a1") and is_bare("")


def test_every_marked_syllable_is_complete() -> None:
    assert all(is_complete(s) != s.isascii() for s in SYLLABLES)


@pytest.mark.parametrize(
    ("typed", "lacking"),
    [
        ("viêt nam", True),
        ("chương trinh hanh đông", True),
        ("đương lôi cach mang", True),
        ("công an", False),
        ("viet nam", False),
        ("tư tưởng đạo đức", False),
        ("viêt nạm", False),
        ("test niño", False),
        ("", False),
    ],
)
def test_typed_without_tones(typed: str, lacking: bool) -> None:
    assert lacks_tones(typed.split()) is lacking
