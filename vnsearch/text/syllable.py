"""The shape of a Vietnamese syllable: onset, rime, tone; and where the tone mark stands.

A syllable is an optional onset (one of 27 consonant spellings), a rime (one of about 160), and a tone. Two styles write
the tone of oa, oe, uy in open syllables on different letters (old: hòa, new: hoà), hurried typing puts it on any
vowel (nghiã, hòan, giừơng), and all of them mean the same syllable. `place_tone` gives the one canonical spelling, the
old style, which Decision 240/QĐ (1984) describes and most keyboards type.

Sources: Decision 240/QĐ of 5 March 1984 (spelling and tone placement); Đoàn Thiện Thuật, *Ngữ âm tiếng Việt* (1977),
for the inventory of rimes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from .alphabet import LETTERS, TONE_OF, TONELESS, VOWELS, Tone, compose

ONSETS: Final = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split())
"""The consonant spellings that can begin a syllable; the empty onset is allowed too."""

RIMES: Final = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng êc
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu ing ic
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet
    oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ôông ơ ơi ơm ơn ơp ơt ơng ơc
    u ua uân uâng uât uây uc ui um un ung uôc uôi uôm uôn uông uôt up ut uê uêch uênh uên uêt uơ uơn
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưng ưn ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    """.split()
)
"""The rimes without tone, as written after an onset (or alone)."""

STOPS: Final = ("ch", "c", "p", "t")
"""The codas after which only sắc and nặng are spoken."""


_TONES: Final = tuple(Tone)


class Parts(NamedTuple):
    """A syllable taken apart; onset and rime are lower-case and without tone."""

    onset: str
    rime: str
    tone: Tone


_PLAIN: Final = {character: plain for character, (plain, _, _) in LETTERS.items()}
_OF_SYLLABLES: Final = frozenset(character for character in LETTERS if not character.isdigit())


def _bare(text: str) -> str:
    return "".join(map(_PLAIN.__getitem__, text))


_BARE_RIMES: Final = frozenset(map(_bare, RIMES))
_BARE_ONSETS: Final = frozenset(map(_bare, ONSETS))


def _split_onset(letters: str) -> int:
    """How many of the (toneless, lower-case) letters are the onset."""
    if letters.startswith("qu") and len(letters) > 2:
        return 2
    if letters.startswith("gi") and len(letters) > 2 and letters[2] in VOWELS:
        return 2
    end = 0
    while end < len(letters) and letters[end] not in VOWELS:
        end += 1
    return end


def _is_rime(onset: str, rime: str, rimes: frozenset[str]) -> bool:
    # After q the glide u is written with the onset, yet belongs to the rime: quỳnh is q + uynh. Alone it is no vowel.
    return rime in rimes or (onset == "qu" and rime[:1] in VOWELS and "u" + rime in rimes)


@lru_cache(maxsize=65536)
def parse(token: str) -> Parts | None:
    """The parts of a token that could be a Vietnamese syllable once its marks are all in place, else None.

    The token is lower-case and NFC. Vowel marks may be missing or partial (duờng), since people type so; the tone may
    stand on any vowel, but only one. See `is_syllable` for the strict question.
    """
    if not _OF_SYLLABLES.issuperset(token):
        return None
    tones = [*filter(None, map(TONE_OF.__getitem__, token))]
    if len(tones) > 1:
        return None
    letters = "".join(map(TONELESS.__getitem__, token))
    cut = _split_onset(letters)
    onset, rime = letters[:cut], letters[cut:]
    if (onset and _bare(onset) not in _BARE_ONSETS) or not _is_rime(onset, _bare(rime), _BARE_RIMES):
        return None
    return Parts(onset, rime, _TONES[tones[0] if tones else 0])


def is_syllable(token: str) -> bool:
    """Whether a lower-case NFC token is a complete, correctly marked Vietnamese syllable.

    >>> is_syllable("đường"), is_syllable("duờng"), is_syllable("test")
    (True, False, False)
    """
    parts = parse(token)
    if parts is None or (parts.onset and parts.onset not in ONSETS) or not _is_rime(parts.onset, parts.rime, RIMES):
        return False
    if parts.rime.endswith(STOPS):
        return parts.tone in (Tone.SAC, Tone.NANG)
    return True


@lru_cache(maxsize=1024)
def _tone_index(rime: str) -> int:
    """The place in the rime that bears the tone mark (old style)."""
    vowels = [i for i, c in enumerate(rime) if c in VOWELS]
    marked = [i for i in vowels if LETTERS[rime[i]][1]]
    if marked:
        return marked[-1]
    closed = vowels[-1] < len(rime) - 1
    if closed or len(vowels) == 1:
        return vowels[-1]
    return vowels[1] if len(vowels) == 3 else vowels[0]


def assemble(onset: str, rime: str, tone: int) -> str:
    """The canonical spelling of a syllable from its parts."""
    if not tone:
        return onset + rime
    place = _tone_index(rime)
    letter, mark, _ = LETTERS[rime[place]]
    return onset + rime[:place] + compose(letter, mark, tone) + rime[place + 1 :]


@lru_cache(maxsize=65536)
def place_tone(token: str) -> str:
    """The token with its tone mark where the old style has it; unchanged where it is no Vietnamese syllable.

    >>> [place_tone(t) for t in ("hoà", "thuý", "qủa", "gìa", "nghiã", "hòan", "giừơng", "quý", "oasis")]
    ['hòa', 'thúy', 'quả', 'già', 'nghĩa', 'hoàn', 'giường', 'quý', 'oasis']
    """
    if not any(map(TONE_OF.get, token)):
        return token
    parts = parse(token)
    if parts is None or TONE_OF[token[len(parts.onset) + _tone_index(parts.rime)]]:
        return token
    return assemble(*parts)
