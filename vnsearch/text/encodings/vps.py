"""VPS: the encoding of the Vietnamese Professionals Society, common on the early Web outside Viet Nam.

Like VISCII it holds every letter in one byte, with the capitals under a dot on control characters, and small letters
where most text has them; the order is its own.

Source: the VPS convention as browsers implemented it under the name x-viet-vps (never a formal standard).
"""

from __future__ import annotations

from typing import Final

from .western import rows, table

VPS: Final = table(
    rows(0x02, "ẠẬẶẸỆ")
    | rows(0x10, "ỊỌỘỢỤỰ...Ỵ..ẪỮ")
    | rows(0x80, "ÀẢÃẤẦẨọỗĂếềểệẮẰẲ Ế‘’ỀỂỄỐỒỔỖýỷỵỚỜỞ .ắằẳẵặỠớÙờởỡŨỨợỪ ổỬỲỸÍÌộỈĨÓửữÒỎÕự")
    | rows(0xC0, "ầÁÂấẩẫậđẻÉÊẹỉễịỹ ƯỦồốÔỏơÈừứÚũưÝẺ. àáâãảạă.èéêẽìí.ĩ ẴĐòóôõ.Ơụùúủ.ỶẼỳ")
)
"""Western character -> what VPS means by it."""


def read_vps(text: str) -> str:
    """Western text as VPS.

    >>> read_vps("Ti‰ng ViŒt")
    'Tiếng Việt'
    """
    return text.translate(VPS)
