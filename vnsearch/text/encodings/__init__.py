"""Old Vietnamese encodings: told apart, decoded, and undone where a text has already been misread.

    decode(bytes)   what a file holds, whatever encoding it is in
    repair(str)     text that is Unicode but wrong: old fonts, double encoding, VIQR, HTML references
    convert(...)    the same when the caller knows the encoding

One module an encoding, each only its table and its reading; `evidence` weighs readings by the syllables they make;
`repair` and `detect` decide.
"""

from __future__ import annotations

from .detect import decode
from .names import ENCODINGS, convert
from .repair import Decoded, repair

__all__ = ["ENCODINGS", "Decoded", "convert", "decode", "repair"]
