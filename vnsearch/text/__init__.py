"""The Vietnamese language, as text for search needs it. Knows no file, no index, and no search engine.

    characters   characters as found -> characters as meant
    alphabet     the 103 letters and digits: their parts, and a code for each
    syllable     onset, rime and tone; where the tone mark stands
    canonical    one spelling for every token; its bare form; i and y as equals
    marks        how marks that were typed bear on marks that are written
    tokens       text -> tokens with exact offsets, units and numbers: the plain reference
    batch        the same over arrays, with `vocabulary` and `points`
    sentences    paragraphs and sentences
    passages     a document -> the passages that are indexed and shown; `batch_passages` over arrays
    questions    which words of a question only ask
    confusions   how Vietnamese is misspelled
    abbreviations  which abbreviations a text defines
    equivalents  lists of what means the same, and that of the national abbreviations
    figures      numbers and dates in their other writing
    keystrokes   Telex, VNI and VIQR typed without an input method
    encodings    TCVN3, VNI, VISCII, VPS, Windows-1258, TCVN 5712, VIQR and misread text -> Unicode

The names below are those that most programs need; `batch`, `keystrokes` and `encodings` are imported on their own.
"""

from .canonical import bare, canonical, fold, key
from .characters import repair
from .marks import Tier, is_bare, tier
from .passages import cut
from .sentences import paragraphs, sentences
from .syllable import is_syllable, parse, place_tone
from .tokens import Number, Token, numbers, tokenize, units

__all__ = [
    "Number",
    "Tier",
    "Token",
    "bare",
    "canonical",
    "cut",
    "fold",
    "is_bare",
    "is_syllable",
    "key",
    "numbers",
    "paragraphs",
    "parse",
    "place_tone",
    "repair",
    "sentences",
    "tier",
    "tokenize",
    "units",
]
