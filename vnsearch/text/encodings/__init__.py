"""Old Vietnamese encodings: told apart, decoded, and undone where a text has already been misread.

    decode(bytes)   what a file holds, whatever encoding it is in
    repair(str)     text that is Unicode but wrong: old fonts, double encoding, VIQR, HTML references
    doubtful(texts) which of many texts that may be
    convert(...)    the same when the caller knows the encoding

One module an encoding, each only its table and its reading; `evidence` weighs readings by the syllables they make;
`repair` and `detect` decide; `screening` spares right texts the question.
"""

from __future__ import annotations

from .detect import decode
from .names import ENCODINGS, convert
from .repair import Decoded, repair
from .screening import doubtful

__all__ = ["ENCODINGS", "Decoded", "convert", "decode", "doubtful", "repair"]
