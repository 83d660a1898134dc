"""Raw keystrokes -> Vietnamese: `tuw tuowngr` is tư tưởng, typed with the input method switched off.

Three conventions write Vietnamese on an English keyboard, each with keys for the five tones, the three vowel marks and
the stroke of đ:

| | sắc huyền hỏi ngã nặng | no tone | circumflex | horn | breve | đ |
|---|---|---|---|---|---|---|
| Telex | s f r x j | z | aa ee oo | ow uw, w alone for ư | aw | dd |
| VNI   | 1 2 3 4 5 | 0 | a6 e6 o6 | o7 u7 | a8 | d9 |
| VIQR  | ' ` ? ~ . | - | a^ e^ o^ | o+ u+ | a( | dd |

People press a mark right after its letter, at the end of the syllable, or anywhere between (vieejt, vietej, vietje),
and input methods accept all of it. So decoding is not a table of spellings but a small search. The keys are read from
left to right, and every **draft** of the syllable that they allow so far is kept, likeliest first:

* a tone key sets the tone; the last one wins, and before the first vowel s, r, x are consonants;
* a mark key goes to an earlier letter that can bear the mark, the nearest first. In Telex a second a, e or o may also
  be a letter of its own (khoeo), which is tried last;
* a horn on either letter of uo serves both (tuowng, tuwong, tuongw: tương), or only o where ươ is no rime (thuở, quở);
  a horn for each is read too (tuwowng, tuongww);
* a mark given again is taken back: the key then stands for its own letter (booong is boong, boss and offset are no
  syllables). Another mark on the same vowel replaces the first (toow is tơ). VIQR was made for reading, not for typing:
  there a mark stays, and what follows is punctuation.

The first draft that is a complete syllable, by the inventory of `syllable`, is the reading. That inventory does nearly
all the work: almost every string of keys has one reading or none.

Sources: RFC 1456 (1993) for VIQR; for Telex and VNI, which no standard fixes, the rules that the input methods in
common use share, free marking included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ..records import record
from .alphabet import LETTERS, VOWELS, Tone, VowelMark, compose
from .syllable import assemble, is_syllable, parse

MAX_KEYS: Final = 16
"""More keys than this are no syllable: seven letters (nghiêng) with all their marks, and some corrected."""

_MAX_LETTERS: Final = 7  # nghiêng
_MAX_VOWELS: Final = 4  # giươi, the i of gi counted
_LETTERS_TYPED: Final = frozenset("abcdeghiklmnopqrstuvxy")


@record(frozen=True, slots=True)
class _Layout:
    """One convention. Keys are lower-case."""

    tones: Mapping[str, Tone]
    vowels: Mapping[str, Mapping[str, VowelMark]]
    """Mark key -> the plain vowels it marks -> the mark."""
    stroke: str
    chunk: re.Pattern[str]
    """What one syllable can look like in running text."""
    proof: re.Pattern[str]
    """What a chunk must hold to show that this convention was meant."""
    lone_horn: str = ""
    """The key that writes ư where there is no vowel to mark."""
    revisable: bool = True
    """Whether a later mark replaces an earlier one."""


_CIRCUMFLEX: Final = dict.fromkeys("aeo", VowelMark.CIRCUMFLEX)
_HORN: Final = dict.fromkeys("ou", VowelMark.HORN)
_BREVE: Final = {"a": VowelMark.BREVE}
_TONES: Final = (Tone.SAC, Tone.HUYEN, Tone.HOI, Tone.NGA, Tone.NANG, Tone.NGANG)
_WORD: Final = re.compile(r"[\w\u0300-\u036f]+")

_TELEX: Final = _Layout(
    tones=dict(zip("sfrxjz", _TONES, strict=True)),
    vowels={**{v: {v: VowelMark.CIRCUMFLEX} for v in "aeo"}, "w": _HORN | _BREVE},
    stroke="d",
    chunk=_WORD,
    proof=_WORD,
    lone_horn="w",
)
_VNI: Final = _Layout(
    tones=dict(zip("123450", _TONES, strict=True)),
    vowels={"6": _CIRCUMFLEX, "7": _HORN, "8": _BREVE},
    stroke="9",
    chunk=_WORD,
    proof=_WORD,
)
_VIQR: Final = _Layout(
    tones=dict(zip("'`?~.", _TONES[:5], strict=True)),
    vowels={"^": _CIRCUMFLEX, "+": _HORN, "(": _BREVE},
    stroke="d",
    chunk=re.compile(r"\w[\w\u0300-\u036f^(+'`?~.]*"),
    proof=re.compile(r"[\^(+'`~]|[.?]\w"),
    revisable=False,
)


class _Draft(NamedTuple):
    """A syllable being typed: its letters without tone (lower-case), the key that wrote each of them, the tone."""

    letters: str
    typed: str
    tone: Tone


def _mark(letters: str, place: int, mark: VowelMark) -> tuple[str, ...]:
    """The letters with the vowel at that place marked, likeliest first; none where it bears that mark already."""
    start = place if letters[place] in "uư" else place - 1
    pair = letters[start : start + 2] if start >= 0 else ""
    if pair in ("uo", "ưo", "uô", "uơ", "ươ"):
        if mark is VowelMark.HORN:
            vowels: tuple[str, ...] = {"ươ": (), "uơ": ("ươ",)}.get(pair, ("ươ", "uơ"))
        else:
            vowels = ("uô",) if pair != "uô" else ()
        return tuple(letters[:start] + v + letters[start + 2 :] for v in vowels)
    plain, borne, _ = LETTERS[letters[place]]
    return () if borne == mark else (letters[:place] + compose(plain, mark) + letters[place + 1 :],)


def _press(layout: _Layout, draft: _Draft, key: str) -> Iterator[_Draft]:
    """Every draft that one more key can make of a draft, likeliest first."""
    letters, typed, tone = draft
    pressed = key.lower()
    has_vowel = any(c in VOWELS for c in letters)
    if pressed in layout.tones and (has_vowel or not pressed.isalpha()):
        # The same tone again would take it back and write a letter that ends no syllable.
        if has_vowel and layout.tones[pressed] != tone and (layout.revisable or not tone):
            yield draft._replace(tone=layout.tones[pressed])
        return
    if pressed == layout.stroke and letters:
        if letters[0] == "d":
            yield draft._replace(letters="đ" + letters[1:])
        return
    targets = layout.vowels.get(pressed, {})
    places = [i for i, c in enumerate(letters) if LETTERS[c][0] in targets]
    for place in reversed(places):
        plain, borne, _ = LETTERS[letters[place]]
        if borne and not layout.revisable:
            continue
        for marked in _mark(letters, place, targets[plain]):
            yield draft._replace(letters=marked)
        if borne == targets[plain] and plain == pressed:
            yield _Draft(letters[:place] + plain + letters[place + 1 :] + plain, typed + key, tone)
    if pressed in _LETTERS_TYPED:
        yield _Draft(letters + pressed, typed + key, tone)
    elif pressed == layout.lone_horn and letters and not places:
        # Never as the first key: that is an English word, and ư alone is typed uw.
        yield _Draft(letters + "ư", typed + key, tone)


def _is_possible(draft: _Draft) -> bool:
    """Whether more keys could make a syllable of a draft; keeps the number of drafts small on any input."""
    return len(draft.letters) <= _MAX_LETTERS and sum(c in VOWELS for c in draft.letters) <= _MAX_VOWELS


def _complete(draft: _Draft) -> str | None:
    """The syllable that a draft spells, in the case it was typed in, or None where it is not a whole one."""
    parts = parse(draft.letters.replace("ưo", "ươ"))
    if parts is None:
        return None
    syllable = assemble(parts.onset, parts.rime, draft.tone)
    if not is_syllable(syllable):
        return None
    return "".join(c.upper() if key.isupper() else c for c, key in zip(syllable, draft.typed, strict=True))


def _spell(layout: _Layout, token: str) -> str | None:
    """The syllable that the keys spell in one convention, or None."""
    if not token.isascii() or len(token) > MAX_KEYS:
        return None
    drafts = [_Draft("", "", Tone.NGANG)]
    for key in token:
        longer = dict.fromkeys(after for draft in drafts for after in _press(layout, draft, key))
        drafts = list(filter(_is_possible, longer))
    spelled = next(filter(None, map(_complete, drafts)), None)
    return None if spelled == token else spelled


def telex(token: str) -> str | None:
    """The syllable that the keys spell in Telex, in canonical spelling and the case typed.

    None where they spell no complete syllable, or where none of them is a mark. Bounded work: at most 16 keys are read.

    >>> [telex(t) for t in ("tuowngr", "DDAIJ", "vietje", "dadyaj", "tw", "hoaf", "boss", "minh")]
    ['tưởng', 'ĐẠI', 'việt', 'đậy', 'tư', 'hòa', None, None]
    """
    return _spell(_TELEX, token)


def vni(token: str) -> str | None:
    """The syllable that the keys spell in VNI, as `telex` does.

    >>> [vni(t) for t in ("tu7o73ng", "tuong73", "D9a5i", "hanh2", "u23x", "2018")]
    ['tưởng', 'tưởng', 'Đại', 'hành', None, None]
    """
    return _spell(_VNI, token)


def viqr(token: str) -> str | None:
    """The syllable that the keys spell in VIQR (RFC 1456), as `telex` does; marks may also stand at the end.

    >>> [viqr(t) for t in ("tu+o+?ng", "tuong+?", "DDa.i", "ho`a", "ra'c.")]
    ['tưởng', 'tưởng', 'Đại', 'hòa', None]
    """
    return _spell(_VIQR, token)


_FOREIGN: Final = re.compile(r"(?!ng|nh|kh|gi|x)\w*[aeiouy](s[pt]|r[mn])", re.IGNORECASE)
"""English words that end in what reads as a tone key and a coda: test, cost, gasp, born, term."""


def _stays(chunk: str, has_small: bool) -> bool:
    """Whether a chunk is certainly no keystrokes: typed with marks, a number, or in capitals among small letters."""
    abbreviated = has_small and chunk.isupper() and sum(c.isalpha() for c in chunk) > 1
    return abbreviated or not chunk.isascii() or chunk[0].isdigit()


def _is_proof(layout: _Layout, body: str, syllable: str, alone: bool, doubtful: bool) -> bool:
    """Whether a chunk that reads as a syllable shows by itself that the convention was meant.

    `alone`: it is the only chunk. `doubtful`: the rest of the text speaks against keystrokes.
    """
    if parse(body.lower()) is not None:
        return False  # xoong is a word; only beside "nhaan daan" is coong công
    if len(syllable) == 1 and not alone:
        return False  # giay a4, vitamin e5
    if len(body) - len(syllable) <= 1 and body.isalpha() and (doubtful or _FOREIGN.fullmatch(body)):
        return False  # quán bar, test
    return layout.proof.search(body) is not None


def _read(layout: _Layout, text: str) -> tuple[int, str] | None:
    """How many keys of the text one convention explains as marks, and the text decoded; None where it does not fit."""
    has_small = any(c.islower() for c in text)
    chunks = list(layout.chunk.finditer(text))
    decoded: list[tuple[str, str]] = []
    pieces: list[str] = []
    end = 0
    for match in chunks:
        chunk = match[0]
        pieces.append(text[end : match.start()])
        end = match.end()
        if _stays(chunk, has_small):
            pieces.append(chunk)
            continue
        body = chunk
        syllable = _spell(layout, body)
        if syllable is None:
            # In VIQR what ends a sentence looks like a tone.
            body = chunk.rstrip(".?")
            syllable = _spell(layout, body)
        if syllable is not None:
            decoded.append((body, syllable))
        elif parse(body.lower()) is None:
            return None
        pieces.append((syllable or body) + chunk[len(body) :])
    explained = sum(len(body) - len(syllable) for body, syllable in decoded)
    # With the input method on, or most words without a mark, a word with one mark key is a foreign one.
    doubtful = not text.isascii() or (explained <= 1 and len(chunks) > 3)
    if not any(_is_proof(layout, *pair, len(chunks) == 1, doubtful) for pair in decoded):
        return None
    return explained, "".join(pieces) + text[end:]


def decode(text: str) -> str | None:
    """A query typed without an input method, decoded by the one convention that explains the most of its keys.

    Chunks that are syllables as they stand (hao, minh, duong) stay, as do numbers, words with marks, capitals among
    small letters (UBND, AND) and everything between chunks. None where nothing is decoded, where a chunk is neither a
    syllable nor decodable, and where the only evidence could as well be a foreign word (test, giay a4, quán bar).
    Linear in the length of the text.

    >>> decode("tuw tuowngr Hoof Chis Minh"), decode("tu7 tu7o73ng"), decode("tu+ tu+o+?ng")
    ('tư tưởng Hồ Chí Minh', 'tư tưởng', 'tư tưởng')
    >>> decode("đường lối"), decode("xoong"), decode("test"), decode("google dichj")
    (None, None, None, None)
    """
    readings = [reading for layout in (_TELEX, _VNI, _VIQR) if (reading := _read(layout, text))]
    return max(readings, key=lambda reading: reading[0])[1] if readings else None
