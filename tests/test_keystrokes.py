"""Raw keystrokes decode to the syllable that an input method would have written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnsearch.text.alphabet import LETTERS, Tone, VowelMark
from vnsearch.text.keystrokes import MAX_KEYS, decode, telex, viqr, vni
from vnsearch.text.syllable import ONSETS, RIMES, assemble, is_syllable, place_tone

Method = Callable[[str], str | None]

METHODS: dict[str, Method] = {"telex": telex, "vni": vni, "viqr": viqr}
TONE_KEYS = {"telex": "zfrxsj", "vni": "023415", "viqr": " `?~'."}
MARK_KEYS = {"vni": " 687", "viqr": " ^(+"}
STROKE_KEYS = {"telex": "d", "vni": "9", "viqr": "d"}


def every_syllable() -> list[str]:
    made = {assemble(onset, rime, tone) for onset in ("", *ONSETS) for rime in RIMES for tone in Tone}
    # On one horn huờn and hườn are typed alike; the common rime wins, as it does in input methods.
    unclear = {assemble(onset, "uơn", tone) for onset in ("", *ONSETS) for tone in Tone}
    return sorted(s for s in made - unclear if is_syllable(s) and place_tone(s) == s)


SYLLABLES = every_syllable()
MARKED = [s for s in SYLLABLES if not s.isascii()]
PLAIN_TEXT = "".join(chr(c) for c in range(32, 127))
methods = st.sampled_from(sorted(METHODS))


def keys_of(syllable: str, method: str) -> list[tuple[str, str, str]]:
    """For each letter of a syllable: the plain letter, the key of its mark or stroke, the key of its tone."""
    keys: list[tuple[str, str, str]] = []
    for character in syllable:
        plain, mark, tone = LETTERS[character]
        if character == "đ":
            mark_key = STROKE_KEYS[method]
        elif not mark:
            # In Telex a bare o after an o takes one more: the third takes back the mark that the second made.
            mark_key = "o" if method == "telex" and plain == "o" and keys and keys[-1][0] == "o" else ""
        elif method == "telex":
            mark_key = plain if mark == VowelMark.CIRCUMFLEX else "w"
        else:
            mark_key = MARK_KEYS[method][mark]
        keys.append((plain, mark_key, TONE_KEYS[method][tone] if tone else ""))
    return keys


def at_once(syllable: str, method: str) -> str:
    return "".join(letter + mark + tone for letter, mark, tone in keys_of(syllable, method))


def tone_last(syllable: str, method: str) -> str:
    keys = keys_of(syllable, method)
    return "".join(letter + mark for letter, mark, _ in keys) + "".join(tone for *_, tone in keys)


def marks_last(syllable: str, method: str) -> str:
    keys = keys_of(syllable, method)
    return "".join(k[0] for k in keys) + "".join(k[1] for k in keys) + "".join(k[2] for k in keys)


@given(st.sampled_from(MARKED), methods, st.sampled_from([at_once, tone_last]))
@settings(max_examples=400)
def test_standard_spellings_decode_back(syllable: str, method: str, spell: Callable[[str, str], str]) -> None:
    assert METHODS[method](spell(syllable, method)) == syllable


@given(st.sampled_from([s for s in MARKED if "oo" not in marks_last(s, "vni")]), methods)
@settings(max_examples=300)
def test_marks_at_the_end_decode_back(syllable: str, method: str) -> None:
    assert METHODS[method](marks_last(syllable, method)) == syllable


@given(
    st.randoms(use_true_random=False),
    st.sampled_from([s for s in MARKED if "oo" not in marks_last(s, "vni")]),
    methods,
)
@settings(max_examples=400)
def test_marks_anywhere_after_their_letter_decode_back(chance: Random, syllable: str, method: str) -> None:
    typed: list[str] = []
    waiting: list[str] = []
    for letter, mark, tone in keys_of(syllable, method):
        typed.append(letter)
        waiting.extend(filter(None, (mark, tone)))
        while waiting and chance.random() < 0.5:
            typed.append(waiting.pop(chance.randrange(len(waiting))))
    chance.shuffle(waiting)
    typed.extend(waiting)
    assert METHODS[method]("".join(typed)) == syllable


@given(st.sampled_from(MARKED), methods)
def test_case_is_kept(syllable: str, method: str) -> None:
    keys = at_once(syllable, method)
    assert METHODS[method](keys.upper()) == syllable.upper()
    assert METHODS[method](keys[0].upper() + keys[1:]) == syllable[0].upper() + syllable[1:]


@given(st.sampled_from(SYLLABLES), methods)
def test_a_syllable_without_mark_keys_is_not_decoded(syllable: str, method: str) -> None:
    unmarked = "".join(LETTERS[c][0] for c in syllable)
    if "oo" not in unmarked:
        assert METHODS[method](unmarked) is None


@given(st.text(alphabet=PLAIN_TEXT, max_size=MAX_KEYS), methods)
@settings(max_examples=300)
def test_what_is_decoded_is_a_canonical_syllable(token: str, method: str) -> None:
    spelled = METHODS[method](token)
    if spelled is not None:
        assert is_syllable(spelled.lower())
        assert place_tone(spelled.lower()) == spelled.lower()


@given(st.one_of(st.text(max_size=60), st.text(alphabet="aeoudwsfrxjztngi1679'`?~.^+( ", max_size=60)))
@settings(max_examples=300)
def test_nothing_raises(text: str) -> None:
    for method in METHODS.values():
        method(text)
    decode(text)


@given(st.lists(st.sampled_from(SYLLABLES), max_size=8), st.sampled_from([" ", ", ", ". ", " - "]))
@settings(max_examples=300)
def test_canonical_text_is_not_decoded(syllables: list[str], between: str) -> None:
    assert decode(between.join(syllables)) is None
    assert decode(between.join(syllables) + "?") is None
    assert decode(between.join(syllables).upper()) is None


@given(st.lists(st.sampled_from([s for s in SYLLABLES if len(s) > 1 and "oo" not in marks_last(s, "vni")]), min_size=2))
@settings(max_examples=200)
def test_a_whole_text_is_decoded_by_any_convention(syllables: list[str]) -> None:
    text = " ".join(["đường", *syllables])
    for method in METHODS:
        assert decode(" ".join(at_once(s, method) for s in ["đường", *syllables])) == text


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("dasndh", "đánh"),
        ("luosnog", "luống"),
        ("vietse", "viết"),
        ("dadyaj", "đậy"),
        ("tuongwr", "tưởng"),
        ("tuwongr", "tưởng"),
        ("vieejt", "việt"),
        ("vietej", "việt"),
        ("ddaauf", "đầu"),
        ("dauafd", "đầu"),
        ("thuowr", "thuở"),
        ("quowr", "quở"),
        ("giuwx", "giữ"),
        ("giwx", "giữ"),
        ("tw", "tư"),
        ("nhwngx", "những"),
        ("gif", "gì"),
        ("huowu", "hươu"),
        ("khoeor", "khoẻo"),
        ("hoaf", "hòa"),
        ("booong", "boong"),
        ("xooongf", "xoòng"),
    ],
)
def test_telex_as_people_type_it(keys: str, syllable: str) -> None:
    assert telex(keys) == syllable


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("vieetjs", "viết"),
        ("vieetsj", "việt"),
        ("lasz", "la"),
        ("laszf", "là"),
        ("toow", "tơ"),
        ("tawua", "tâu"),
        ("tuoongw", "tương"),
        ("tuowngo", "tuông"),
    ],
)
def test_the_last_mark_wins(keys: str, syllable: str) -> None:
    assert telex(keys) == syllable


@pytest.mark.parametrize("keys", ["boss", "offset", "vieetjj", "ddd", "aaa", "tuww", "laz", "toffee"])
def test_a_mark_given_again_is_taken_back(keys: str) -> None:
    assert telex(keys) is None


@pytest.mark.parametrize("word", ["was", "will", "web", "google", "windows", "file", "java", "", "đường", "x" * 1000])
def test_words_that_spell_no_syllable_stay(word: str) -> None:
    assert telex(word) is None
    assert decode(word) is None


@pytest.mark.parametrize("keys", ["tu7", "tuo7ng3", "tu7o73ng", "tuong73", "tu7o7ng3", "D9a2n", "dan29", "tu71"])
def test_vni_digits_after_their_letter(keys: str) -> None:
    spelled = vni(keys)
    assert spelled is not None
    assert spelled.lower() in {"tư", "tưởng", "đàn", "tứ"}


def test_viqr_does_not_revise_a_mark() -> None:
    assert viqr("ma'") == "má"
    assert viqr("ma'.") is None
    assert decode("dda.t ma'.") == "đạt má."


def test_too_many_keys_are_no_syllable() -> None:
    corrected = "nghieeng" + "sf" * 4
    assert len(corrected) == MAX_KEYS
    assert telex(corrected) == "nghiềng"
    assert telex(corrected + "s") is None


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("tuw tuowngr dao dducws", "tư tưởng dao đức"),
        ("tu7 tuo7ng3 dao d9u7c1", "tư tưởng dao đức"),
        ("tu+ tu+o+?ng dao ddu+'c", "tư tưởng dao đức"),
        ("Nguyeenx Vawn Hao", "Nguyễn Văn Hao"),
        ('"hoof chis minh" AND ddarng', '"hồ chí minh" AND đảng'),
        ("UBND tinhr 2018", "UBND tỉnh 2018"),
        ("NGHIJ DDINHJ 100/2019", "NGHỊ ĐỊNH 100/2019"),
        ("tư tuowngr", "tư tưởng"),
        ("coong an nhaan daan", "công an nhân dân"),
        ("ddi ddaau?", "đi đâu?"),
        ("ca' pha'o", "cá pháo"),
        ("o73 nha2", "ở nhà"),
    ],
)
def test_a_query_is_decoded_by_one_convention(typed: str, text: str) -> None:
    assert decode(typed) == text


@pytest.mark.parametrize(
    "typed",
    [
        "hao minh",
        "duong loi",
        "xoong",
        "cai xoong",
        "test",
        "cost",
        "boss",
        "giay a4",
        "quán bar",
        "di tren xe taxi",
        "nghị quyết tw",
        "google dichj",
        "tuowngr tu7",
        "o dau?",
        "2018",
        "",
    ],
)
def test_a_query_that_is_no_keystrokes_is_left_alone(typed: str) -> None:
    assert decode(typed) is None


def test_pairs_collected_from_free_typing() -> None:
    data = os.environ.get("VNSEARCH_DATA")
    path = Path(data or "", "keystrokes", "telex-pairs.tsv")
    if not data or not path.is_file():
        pytest.skip("VNSEARCH_DATA names no folder with keystrokes/telex-pairs.tsv")
    pairs = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    right = sum((telex(keys) or keys) == text for keys, text in pairs)
    assert right / len(pairs) >= 0.995
