"""Old Vietnamese encodings: tables, detection of files, repair of text. Laws are in test_encodings_laws.py."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

import vnsearch.text.encodings as encodings
from vnsearch.text.alphabet import LETTERS, TONE_MARKS, compose
from vnsearch.text.encodings import ENCODINGS, Decoded, convert, decode, repair
from vnsearch.text.encodings.tcvn import TCVN3, TCVN5712, read_tcvn3, read_tcvn5712
from vnsearch.text.encodings.viscii import VISCII, read_viscii
from vnsearch.text.encodings.vni import VNI
from vnsearch.text.encodings.vps import VPS, read_vps
from vnsearch.text.encodings.western import WESTERN
from vnsearch.text.encodings.windows1258 import read_windows_1258

Form = Literal["NFC", "NFD"]
SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
SMALL = {c for c in LETTERS if not c.isascii()}
ALL = SMALL | {c.upper() for c in SMALL}
ENGLISH = "The committee's co-operation (2020) - what? don't! - mail a.b@c.vn, see https://example.org/?q=a+b&c=d."
FRENCH = "L'été dernier, où étiez-vous ? À Noël, la forêt de Saint-Benoît a brûlé ; « ça » coûte 5 € à François."
GERMAN = "Öffnungszeiten: täglich außer Montag. Füße, Mädchen, schön, über, größer – „Grüß Gott“."
PROGRAM = "if (a^2 + b' > 0 && u+o+v) { x ^= y; s += 'o+' + \"u+o\"; } // don't: &lt;p&gt; caf&eacute; `code` ~ #add"


def western(data: bytes) -> str:
    """What a text editor shows that takes the bytes for Windows-1252."""
    return "".join(bytes([b]).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b) for b in data)


def test_public_names() -> None:
    assert encodings.__all__ == ["ENCODINGS", "Decoded", "convert", "decode", "doubtful", "repair"]


@pytest.mark.parametrize("table", [VISCII, TCVN5712], ids=["viscii", "tcvn5712"])
def test_table_has_every_letter_once(table: dict[int, str]) -> None:
    shown_as_themselves = {c for c in ALL if ord(c) < 256 and ord(c) not in table}
    letters = [c for c in table.values() if c in ALL]
    assert len(letters) == len(set(letters))
    assert set(letters) | shown_as_themselves == ALL


def test_vps_has_every_letter() -> None:
    shown_as_themselves = {c for c in ALL if ord(c) < 256 and ord(c) not in VPS}
    assert set(VPS.values()) | shown_as_themselves >= ALL


def test_fonts_have_every_letter_they_can_draw() -> None:
    assert set(TCVN3.values()) | {c for c in SMALL if ord(c) not in TCVN3 and ord(c) < 256} >= SMALL
    assert {c for c in TCVN3.values() if c.isupper()} == set("ĂÂÊÔƠƯĐ")
    assert set(VNI.values()) >= ALL


@pytest.mark.parametrize(
    ("encoding", "old"),
    [
        ("tcvn3", b"Ti\xd5ng Vi\xd6t, \xae\xad\xeang x\xb7 Ho\xb5 B\xd7nh"),
        ("tcvn5712", b"Ti\xd5ng Vi\xd6t, \xae\xad\xeang x\xb7 Ho\xb5 B\xd7nh"),
        ("vni", b"Tie\xe1ng Vie\xe4t, \xf1\xf6\xf4\xf8ng xa\xf5 Hoa\xf8 B\xecnh"),
        ("viscii", b"Ti\xaang Vi\xaet, \xf0\xdf\xb6ng x\xe3 Ho\xe0 B\xecnh"),
        ("vps", b"Ti\x89ng Vi\x8ct, \xc7\xdc\xa9ng x\xe3 Ho\xe0 B\xecnh"),
        ("windows-1258", b"Ti\xea\xecng Vi\xea\xf2t, \xf0\xfd\xf5\xccng xa\xde Ho\xe0 Bi\xccnh"),
        ("viqr", b"Tie^'ng Vie^.t, ddu+o+`ng xa~ Hoa` Bi`nh"),
        ("mojibake", "Tiếng Việt, đường xã Hoà Bình".encode()),
        ("html", b"Ti&#7871;ng Vi&#x1ec7;t, &#273;&#432;&#7901;ng x&atilde; Ho&agrave; B&igrave;nh"),
        ("utf-8", "\ufeffTiếng Việt, đường xã Hoà Bình".encode()),
        ("utf-16-be", "Tiếng Việt, đường xã Hoà Bình".encode("utf-16-be")),
    ],
)
def test_convert(encoding: str, old: bytes) -> None:
    assert convert(old, encoding) == "Tiếng Việt, đường xã Hoà Bình"
    if not encoding.startswith("utf"):
        assert convert(western(old), encoding) == "Tiếng Việt, đường xã Hoà Bình"
    if encoding not in ("tcvn5712", "mojibake"):
        assert decode(old) == Decoded("Tiếng Việt, đường xã Hoà Bình", encoding, True)


def test_convert_names_what_it_knows() -> None:
    with pytest.raises(ValueError, match="no encoding is called 'vietware'; known are html, mojibake"):
        convert(b"", "vietware")
    assert convert("Việt", "utf-8") == "Việt"
    assert all(convert(b"abc", name) is not None for name in ENCODINGS)


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("Céng hoµ x· héi", "Cộng hoà xã hội"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Hµ Néi", "Hà Nội"),
        ("ñy ban, Uñy viªn; ë ®ã, ¥ë ®©y; A¸i Quèc", "ủy ban, Ủy viên; ở đó, Ở đây; Ái Quốc"),
        ("ViÖt Nam", "Việt Nam"),
        (
            "§iÒu 5. UBND tØnh vµ c¸c së, ngµnh “liªn quan” – 2005",
            "Điều 5. UBND tỉnh và các sở, ngành “liên quan” – 2005",
        ),
        ("Coäng hoaø xaõ hoäi", "Cộng hoà xã hội"),
        ("Tieáng Vieät", "Tiếng Việt"),
        ("nhaân daân", "nhân dân"),
        ("ÑÖÔØNG Nguyeãn Traõi, quaän 5", "ĐƯỜNG Nguyễn Trãi, quận 5"),
        ("Tie^'ng Vie^.t", "Tiếng Việt"),
        ("Tha`nh pho^' Ho^` Chi' Minh", "Thành phố Hồ Chí Minh"),
        ("Tiáº¿ng Viá»‡t", "Tiếng Việt"),
        ("Viá»\x87t Nam", "Việt Nam"),
        ("Ä\x90á»©c tÃ\xadnh, Ä‘Æ°á»\x9dng phá»‘", "Đức tính, đường phố"),
        ("Ti&#7871;ng Vi&#7879;t", "Tiếng Việt"),
        ("c&ocirc;ng ty tr&aacute;ch nhi&#x1EC7;m &lt;h&#7919;u h&#7841;n&gt;", "công ty trách nhiệm &lt;hữu hạn&gt;"),
    ],
)
def test_short_text_is_repaired(shown: str, meant: str) -> None:
    found = repair(shown)
    assert (found.text, found.certain) == (meant, True)
    assert decode(shown.encode()).text == decode(shown.encode("utf-16")).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "Tiếng Việt",
        unicodedata.normalize("NFD", "Tiếng Việt, đường Thuỵ Khuê"),
        "là có xã",
        "LÀ CÓ XÃ “HÒA”",
        "Hoà Lan",
        "Dùng toàn trang “Hoà–Lan”",
        "VỀ CHỢ VÀ XÃ”",
        "price ¶ 5 © 2020 ®",
        "5 µm, 10 µm × 3 · 20 °C ±½ m²",
        "x·y + u·v = 0",
        "Il a mangé du bœuf «là» à la carte; où ? Thaï, naïve, haï",
        "Gå på! Så då, må nå två år",
        "Meán-Ollainnis (ca. 1050-1350)",
        "unerwartet »%c« an Position %d in URI (»:« oder »/« erwartet): »%s«",
        "Din aktuelle underskrift på »%s« er udløbet.",
        "Se esperaba «,» o «]», se encontró «%s».",
        "Müller và Đặng gặp François ở Malmö",
        "a^2 + b', what? don't",
        "a^n b^n, e^x + o(n), f(a(n))",
        "foo+bar u+v to+do c++ o+'x'",
        "Ti?ng Vi?t",
        "Use &eacute; or &#7871; for letters; caf&eacute; &amp; &nbsp;",
        "cafÃ© MÃ¼nchen",
        "\ud800 lone \udfff",
        "\x00\x01\x02",
        ENGLISH,
        FRENCH,
        GERMAN,
        PROGRAM,
    ],
)
def test_text_that_is_right_stays(text: str) -> None:
    found = repair(text)
    assert found.text is text
    assert found.encoding == "utf-8"


@pytest.mark.parametrize("text", ["ViÖt", "nghÜa"])
def test_too_little_to_be_sure_is_unknown(text: str) -> None:
    assert repair(text) == Decoded(text, "unknown", False)


@pytest.mark.parametrize("text", [FRENCH, GERMAN, "Dalarnas län", "Così è più", "«%s» non è un nome"])
def test_western_files_are_latin(text: str) -> None:
    assert decode(text.encode("cp1252")) == Decoded(text, "latin-1", False)


def test_a_page_with_an_old_paragraph() -> None:
    page = (
        "Lời dẫn viết bằng Unicode.\r\nQuyÕt ®Þnh cña Thñ t­íng ChÝnh phñ vÒ viÖc qu¶n lý nhµ n­íc\r\n"
        "§iÒu 1.\r\nMüller đứng đây\r\nLời kết."
    )
    assert repair(page).text == (
        "Lời dẫn viết bằng Unicode.\r\nQuyết định của Thủ tướng Chính phủ về việc quản lý nhà nước\r\n"
        "Điều 1.\r\nMüller đứng đây\r\nLời kết."
    )


def test_text_hurt_twice() -> None:
    shown = "Cộng hoà xã hội chủ nghĩa"
    for _ in range(2):
        shown = western(shown.encode())
    assert repair(shown) == Decoded("Cộng hoà xã hội chủ nghĩa", "mojibake", True)


def test_capitals_come_back_where_neighbours_tell() -> None:
    assert read_tcvn3("Së Y tÕ TP.HCM ë VN\nTP.HCM ë VN\nUBND TØNH Hµ NAM") == (
        "Sở Y tế TP.HCM ở VN\nTP.HCM Ở VN\nUBND TỈNH HÀ NAM"
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Cu?a chi. Lan. Ddi cho+.?", "Của chị Lan. Đi chợ?"),
        ("ba'o ca'o. Sau ddo'", "báo cáo. Sau đó"),
        ("Ddi dda^u?", "Đi đâu?"),
        ("Nam Bo^..", "Nam Bộ."),
        ("ra...", "ra..."),
        ("mo\\. ca\\? to\\+ \\da", "mo. ca? to+ da"),
        ("GDDDT, NLDD", "GDĐT, NLĐ"),
        ("I don't add what you're told.", "I don't add what you're told."),
    ],
)
def test_viqr_punctuation(written: str, meant: str) -> None:
    assert convert(written, "viqr") == meant


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_files(encoding: str, form: Form) -> None:
    for path in SEEDS:
        text = unicodedata.normalize(form, path.read_bytes().decode())
        assert decode(text.encode(encoding)).text == text
    assert decode("Việt\r\nNam".encode("utf-16")) == Decoded("Việt\r\nNam", "utf-16-le", True)
    assert decode(b"\xfe\xff" + "Việt".encode("utf-16-be")) == Decoded("Việt", "utf-16-be", True)


def test_damaged_files() -> None:
    whole = SEEDS[0].read_bytes()
    cut = whole[: whole.rindex("ạ".encode()) + 2]
    assert decode(cut) == Decoded(cut.decode(errors="replace"), "utf-8", False)
    broken = whole + b"\xff"
    assert decode(broken) == Decoded(whole.decode() + "\ufffd", "utf-8", False)
    odd = "Việt Nam".encode("utf-16") + b"x"
    assert decode(odd) == Decoded("Việt Nam\ufffd", "utf-16-le", False)
    assert decode(b"\x00\xff\x8f\x81") == Decoded("\x00ÿ\x8f\x81", "unknown", False)
    assert decode(b"") == Decoded("", "utf-8", True)


@pytest.mark.parametrize(
    ("encoding", "read"),
    [
        ("tcvn5712", read_tcvn5712),
        ("viscii", read_viscii),
        ("vps", read_vps),
        ("windows-1258", read_windows_1258),
    ],
)
def test_seeds_in_every_encoding(encoding: str, read: Callable[[str], str]) -> None:
    """Whole documents, written by turning the table round; what it cannot write becomes a question mark."""
    place = {read(shown): byte for byte, shown in reversed(list(enumerate(WESTERN)))}
    for path in SEEDS:
        text = unicodedata.normalize("NFC", path.read_bytes().decode())
        pieces = [decomposed(c) if encoding == "windows-1258" else c for c in text]
        data = bytes(place.get(c, ord("?")) for c in "".join(pieces))
        kept = unicodedata.normalize("NFC", "".join(c if c in place else "?" for c in "".join(pieces)))
        found = decode(data)
        assert (found.text, found.certain) == (kept, True)
        # Without a toned capital TCVN 5712 and TCVN3 are the same bytes.
        assert found.encoding == encoding or (encoding, found.encoding) == ("tcvn5712", "tcvn3")


def decomposed(letter: str) -> str:
    """A letter as Windows-1258 writes it: the tone apart, the vowel mark not."""
    parts = LETTERS.get(letter.lower())
    if letter in WESTERN or parts is None or not parts[2]:
        return letter
    vowel = compose(*parts[:2])
    return (vowel.upper() if letter.isupper() else vowel) + TONE_MARKS[parts[2]]
