"""VISCII: the Vietnamese Standard Code for Information Interchange, one byte a letter.

It keeps the Latin-1 places of the letters that Latin-1 has, and puts six rare capitals on control characters.

Source: RFC 1456, "Conventions for Encoding the Vietnamese Language" (May 1993), section 2.1.
"""

from __future__ import annotations

from typing import Final

from .western import rows, table

VISCII: Final = table(
    rows(0x02, "Ẳ..ẴẪ")
    | rows(0x14, "Ỷ....Ỹ....Ỵ")
    | rows(0x80, "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ")
    | rows(0xC0, "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ ĐứÒÓÔạỷừửÙÚỹỵÝỡư àáâãảăữẫèéêẻìíĩỉ đựòóôõỏọụùúũủýợỮ")
)
"""Western character -> what VISCII means by it."""


def read_viscii(text: str) -> str:
    """Western text as VISCII.

    >>> read_viscii("Ti\xaang Vi\xaet")
    'Tiếng Việt'
    """
    return text.translate(VISCII)
