"""One spelling for every token: canonical, key, fold, bare."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import INVISIBLE, markings, rewritten, syllables, tone_anywhere, wild

from vnsearch.text.alphabet import LETTERS
from vnsearch.text.canonical import MAX_TERM, bare, canonical, fold, key

CANONICAL = [
    # one word, typed on many keyboards
    *[
        ("hoà", "hòa"),
        ("HOÀ", "hòa"),
        ("hòa", "hòa"),
        ("Thuý", "thúy"),
        ("KHOẺ", "khỏe"),
        ("qủa", "quả"),
        ("gìa", "già"),
    ],
    *[
        ("nghiã", "nghĩa"),
        ("hòan", "hoàn"),
        ("giừơng", "giường"),
        ("Ðảng", "đảng"),
        ("ÐẢNG", "đảng"),
        ("ðường", "đường"),
    ],
    *[
        ("ho\u0340a", "hòa"),
        ("hoa\u0300", "hòa"),
        ("nghi\u0303a", "nghĩa"),
        ("ＨＯÀ", "hòa"),
        ("Đ\u00ad\u200bảng", "đảng"),
    ],
    # letters that only look alike
    *[("quý", "quý"), ("giá", "giá"), ("mùa", "mùa"), ("Oasis", "oasis"), ("của", "của"), ("tuỳ", "tùy")],
    # Cyrillic and Greek letters inside a Latin word, and in words of their own
    *[("Nаm", "nam"), ("Нà", "hà"), ("ТР", "тр"), ("Вộ", "bộ"), ("сông", "công"), ("νiệt", "việt"), ("tὸi", "tὸi")],
    *[("Москва", "москва"), ("мама", "мама"), ("Ελλάδα", "ελλάδα"), ("сон", "сон")],
    # foreign words
    *[("Café", "café"), ("NIÑO", "niño"), ("Straße", "straße"), ("ĐH2018", "đh2018"), ("東", "東"), ("한국", "한국")],
    # nothing visible
    *[("", ""), ("\u00ad", ""), ("\u200b\u0301", ""), ("\u115f", "")],
]

KEYS = [
    *[("kỹ", "kĩ"), ("kĩ", "kĩ"), ("lý", "lí"), ("lí", "lí"), ("mỹ", "mĩ"), ("sỹ", "sĩ"), ("quý", "quí"), ("ty", "ti")],
    *[("tay", "tay"), ("tai", "tai"), ("thúy", "thúy"), ("tuy", "tuy"), ("y", "y"), ("ý", "ý"), ("yên", "yên")],
    *[("huỳnh", "huỳnh"), ("quỳnh", "quỳnh"), ("city", "city"), ("by", "bi"), ("sky", "sky"), ("", "")],
]

FOLDED = [
    *[
        ("đường", "duong"),
        ("kỹ", "ky"),
        ("ậ", "a"),
        ("đh2018", "dh2018"),
        ("café", "cafe"),
        ("niño", "nino"),
        ("straße", "strasse"),
    ],
    *[
        ("москва", "moskva"),
        ("чайка", "chaika"),
        ("ελλάδα", "ellada"),
        ("東", "東"),
        ("か", "か"),
        ("🇻🇳", "🇻🇳"),
        ("", ""),
    ],
]

tokens = st.one_of(wild, syllables, markings(1).map(lambda made: made[0]))


@pytest.mark.parametrize(("found", "form"), CANONICAL)
def test_canonical(found: str, form: str) -> None:
    assert canonical(found) == form


@pytest.mark.parametrize(("token", "form"), KEYS)
def test_key_reads_a_sole_final_y_as_i(token: str, form: str) -> None:
    assert key(token) == form


@pytest.mark.parametrize(("token", "form"), FOLDED)
def test_fold_takes_all_marks(token: str, form: str) -> None:
    assert fold(token) == form


@pytest.mark.parametrize(
    ("one", "other"), [("kỹ", "kĩ"), ("lý", "li"), ("quý", "qui"), ("đường", "duong"), ("Mỹ", "mi")]
)
def test_markings_meet_in_the_bare_form(one: str, other: str) -> None:
    assert bare(canonical(one)) == bare(canonical(other))


@pytest.mark.parametrize(("one", "other"), [("tay", "tai"), ("thuý", "thúi"), ("hay", "hai"), ("y", "i")])
def test_y_and_i_differ_elsewhere(one: str, other: str) -> None:
    assert bare(canonical(one)) != bare(canonical(other))


@given(tokens)
def test_canonical_is_idempotent(token: str) -> None:
    assert canonical(canonical(token)) == canonical(token)


@given(tokens)
@example("qúý")  # two tones, no syllable: its bare form was quy, whose own was qui
@example("qưy")
@example("кы")  # folds to ky
@example("k\u0176")
@example("\ud800")  # unidecode warns of it
def test_key_fold_and_bare_are_idempotent(token: str) -> None:
    form = canonical(token)
    for function in (key, fold, bare):
        assert function(function(form)) == function(form), function.__name__


@given(tokens)
def test_bare_is_one_for_all_forms_of_a_token(token: str) -> None:
    form = canonical(token)
    assert bare(key(form)) == bare(form) == bare(fold(form))


@given(st.data(), syllables)
def test_all_writings_of_a_syllable_have_one_canonical_form(data: st.DataObject, syllable: str) -> None:
    assert canonical(data.draw(rewritten(syllable))) == syllable
    assert canonical(data.draw(rewritten(syllable.upper()))) == syllable


@given(tone_anywhere())
def test_the_tone_may_stand_on_any_vowel(pair: tuple[str, str]) -> None:
    syllable, written = pair
    assert canonical(written) == canonical(unicodedata.normalize("NFD", written.title())) == syllable


@given(tokens.filter(lambda token: len(token) < MAX_TERM))
def test_normalization_forms_agree(token: str) -> None:
    forms = {canonical(unicodedata.normalize(form, token)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert forms == {canonical(token)}


@given(st.one_of(syllables, markings(1).map(lambda made: made[0])))
def test_case_does_not_matter(token: str) -> None:
    assert canonical(token.upper()) == canonical(token.title()) == canonical(token)


@given(st.one_of(syllables, markings(1).map(lambda made: made[0])))
def test_fold_of_the_alphabet_is_its_plain_letters(token: str) -> None:
    assert fold(token) == "".join(LETTERS[c][0] for c in token)


@pytest.mark.parametrize(
    "letter", ["a", "ế", "Đ", "e\u0302\u0301", "\u0301", "ß", "я", "東", "\ufdfa", "\u200b", "\ud800"]
)
def test_long_tokens_are_cut(letter: str) -> None:
    form = canonical(letter * 10_000)
    assert len(form) <= MAX_TERM
    assert canonical(form) == form
    assert len(fold(form)) <= MAX_TERM and fold(fold(form)) == fold(form)


def test_a_long_token_is_read_alike_in_all_normalization_forms() -> None:
    token = "tiếngviệt" * 1000
    assert canonical(unicodedata.normalize("NFD", token)) == canonical(token) == token[:MAX_TERM]


@pytest.mark.parametrize("strange", [*INVISIBLE, "\u0300" * 100, "\u200b" * 500])
def test_what_cannot_be_seen_changes_nothing(strange: str) -> None:
    assert canonical("đườ" + strange + "ng") == "đường"


def test_a_token_under_a_heap_of_marks_is_read_as_far_as_tokens_go() -> None:
    assert canonical("đườ" + "\u0300" * 100_000 + "ng") == "đườ"
