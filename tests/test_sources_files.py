"""Files and folders: which are found, how they are read, what is refused and how that is said."""

from __future__ import annotations

import codecs
import os
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnsearch.errors import SourceEmpty, SourceError, SourceNotFound, SourceNotText, SourceUnreadable
from vnsearch.sources import decode_bytes, document_id, find, read_document, read_text, readable_name

SEEDS = Path(__file__).parent.parent / "seeds"


def write(path: Path, content: str | bytes = "Đồng lúa.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def names(root: Path, *paths: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in find(paths or [root])]


# Which files.


def test_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/B.txt", "a-1.txt", "đ.txt", "c/d/e.md", "README", "x.TEXT"):
        write(tmp_path / name)
    expected = ["README", "a/B.txt", "a/z.txt", "a-1.txt", "b.txt", "c/d/e.md", "x.TEXT", "đ.txt"]
    assert names(tmp_path) == expected


def test_order_does_not_depend_on_the_normal_form_of_names(tmp_path: Path) -> None:
    for name in ("ô", "o", "p"):
        write(tmp_path / "nfc" / f"{name}.txt")
        write(tmp_path / "nfd" / f"{unicodedata.normalize('NFD', name)}.txt")
    composed, decomposed = names(tmp_path / "nfc"), names(tmp_path / "nfd")
    assert composed == [unicodedata.normalize("NFC", name) for name in decomposed] == ["o.txt", "p.txt", "ô.txt"]


def test_hidden_and_other_files_are_left_out(tmp_path: Path) -> None:
    for name in ("a.txt", ".hidden.txt", ".git/config", ".git/a.txt", "b/.c/d.txt", "e.jpg", "f.html", "g.txt.gz"):
        write(tmp_path / name)
    assert names(tmp_path) == ["a.txt"]


def test_a_hidden_folder_that_is_named_is_walked(tmp_path: Path) -> None:
    write(tmp_path / ".notes" / "a.txt")
    assert names(tmp_path, tmp_path / ".notes") == [".notes/a.txt"]


def test_a_named_file_is_taken_whatever_its_name(tmp_path: Path) -> None:
    files = [write(tmp_path / name) for name in (".hidden.log", "b.html")]
    assert names(tmp_path, *files) == [".hidden.log", "b.html"]


def test_each_file_once_in_the_order_asked_for(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a.txt"), write(tmp_path / "b.txt")
    assert names(tmp_path, b, tmp_path, a, b) == ["b.txt", "a.txt"]


def test_links_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.txt")
    root = tmp_path / "root"
    inside = write(root / "a.txt")
    (root / "again.txt").symlink_to(inside)
    (root / "secret.txt").symlink_to(outside)
    (root / "folder").symlink_to(outside.parent)
    (root / "circle").symlink_to(root)
    (root / "broken.txt").symlink_to(root / "nowhere")
    assert names(root) == ["a.txt"]


def test_a_named_link_is_followed(tmp_path: Path) -> None:
    target = write(tmp_path / "target" / "a.txt")
    file, folder = tmp_path / "file.txt", tmp_path / "folder"
    file.symlink_to(target)
    folder.symlink_to(target.parent)
    assert names(tmp_path, file) == ["file.txt"]
    assert names(tmp_path, folder) == ["folder/a.txt"]


def test_special_files_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert names(tmp_path) == ["a.txt"]


def test_deep_folders(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 400)
    write(deep / "a.txt")
    assert names(tmp_path, tmp_path) == ["d/" * 400 + "a.txt"]


@pytest.mark.parametrize("missing", ["nowhere", "nowhere/a.txt", "a.txt/b.txt", "zero\0byte"])
def test_missing_path(tmp_path: Path, missing: str) -> None:
    write(tmp_path / "a.txt")
    with pytest.raises(SourceNotFound, match="does not exist") as raised:
        find([tmp_path, tmp_path / missing])
    assert raised.value.hint


@pytest.mark.parametrize("content", [(), (".hidden.txt",), ("photo.jpg", "sub/photo.png")])
def test_folder_without_text(tmp_path: Path, content: tuple[str, ...]) -> None:
    for name in content:
        write(tmp_path / name)
    with pytest.raises(SourceEmpty, match="holds no text file") as raised:
        find([tmp_path])
    assert ".txt" in raised.value.hint


def test_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(SourceUnreadable, match="cannot be listed: Permission denied"):
        find([tmp_path])


# What text.

TEXT = "Đồng lúa chín vàng.\r\nGió thổi.\rHết.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_and_without_a_mark(encoding: str) -> None:
    assert decode_bytes(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_BE, "utf-32-be")])
def test_big_endian(mark: bytes, encoding: str) -> None:
    assert decode_bytes(mark + TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
        b"chu\0i",
        bytes(range(1, 32)) * 4,
        codecs.BOM_UTF16_LE + b"a",
        b"\xff\xd8\xff\xe1\x11Exif\x9d\x81\x8f\x02\xf2\x90\x13\xdd",
        codecs.BOM_UTF32_LE + b"\xff\xff\xff\xff",
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path / "a.txt", data)
    with pytest.raises(SourceNotText, match=r"a\.txt is not text: ") as raised:
        read_text(path)
    assert raised.value.hint


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", codecs.BOM_UTF8, "\u00a0\n".encode(), codecs.BOM_UTF16_LE])
def test_empty_file_is_reported(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SourceNotText, match=r"a\.txt is empty"):
        read_text(write(tmp_path / "a.txt", data))


def test_a_few_control_characters_are_text(tmp_path: Path) -> None:
    text = "Đồng lúa\x0c chín \x1b[1mvàng\x07 trước ngõ nhà bà Năm."
    assert read_text(write(tmp_path / "a.txt", text)) == text


def test_size_limit(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"a" * 100)
    assert read_text(path, max_bytes=100) == "a" * 100
    with pytest.raises(SourceUnreadable, match="larger than 99 bytes"):
        read_text(path, max_bytes=99)
    with pytest.raises(SourceUnreadable, match="larger than 1 MiB"):
        read_text(write(path, b"a" * (1 << 20) + b"b"), max_bytes=1 << 20)


def test_missing_file_and_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="does not exist"):
        read_text(tmp_path / "nowhere.txt")
    with pytest.raises(SourceUnreadable, match="cannot be read"):
        read_text(tmp_path)


def test_refused_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path / "a.txt")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceUnreadable, match=r"a\.txt cannot be read: Permission denied"):
        read_text(path)


@given(st.lists(st.sampled_from("Đồng lúa chín vàng , . \n \r\n \t 2018 “mừng” – TP.HCM (x)".split(" ")), max_size=30))
def test_vietnamese_in_utf8_is_read_as_it_is(words: list[str]) -> None:
    text = " ".join(words)
    assert decode_bytes(text.encode()) == text


@pytest.mark.parametrize(
    "data",
    [
        b"C\xe9ng ho\xb5 x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam",
        "Céng hoµ x· héi chñ nghÜa ViÖt Nam".encode(),
        "Cộng hòa xã hội chủ nghĩa Việt Nam".encode("utf-16-le"),
    ],
)
def test_old_fonts_and_missing_marks(data: bytes) -> None:
    assert decode_bytes(data).replace("oà", "òa") == "Cộng hòa xã hội chủ nghĩa Việt Nam"


def test_a_file_cut_within_a_letter_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", ("Đồng lúa chín vàng trước ngõ nhà bà Năm. " * 3 + "Hết rồi ạ").encode()[:-1])
    assert read_text(path).startswith("Đồng lúa chín vàng")


@given(st.binary(max_size=200))
def test_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        assert isinstance(decode_bytes(data), str)
    except SourceError as error:
        assert isinstance(error, SourceNotText)


# Documents.


def test_seeds_become_documents() -> None:
    documents = {path.name[:3]: read_document(path, root=SEEDS) for path in find([SEEDS])}
    assert list(documents) == ["000", "001", "002", "003", "004"]
    third = documents["003"]
    assert third.id == "003_fb799e44b202a7c7.txt"
    assert third.fields == {"date": date(2023, 5, 18)}
    assert third.path == str(SEEDS / third.id)
    assert third.title.startswith("Đồng chí Phạm Văn Hiểu")
    assert third.text[third.borders[0] :].startswith("Bạn đã không sử dụng Site")
    assert documents["000"].fields == {}


def test_text_is_kept_as_it_was_decoded(tmp_path: Path) -> None:
    content = "Lúa được mùa\r\n\r\nBà con vui\rmừng.\n"
    assert read_document(write(tmp_path / "a.txt", codecs.BOM_UTF8 + content.encode())).text == content


def test_title_falls_back_to_the_name_of_the_file(tmp_path: Path) -> None:
    assert read_document(write(tmp_path / "bao-cao_nam_2018.txt", "Trời mưa.")).title == "bao cao nam 2018"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("a_b__c.txt", "a b c"), ("chi-thi-05.md", "chi thi-05"), ("05-CT-TW.txt", "05-CT TW"),
        ("2018-05-15.txt", "2018-05-15"),
        ("README", "README"), (".env", ".env"), ("___.txt", "___"),
        (unicodedata.normalize("NFD", "đồng-lúa.txt"), "đồng lúa"),
    ],
)  # fmt: skip
def test_readable_name(name: str, title: str) -> None:
    assert readable_name(Path(name)) == title


def test_document_id() -> None:
    root = Path("/tin")
    assert document_id(root / "2018" / "a.txt", root) == "2018/a.txt"
    assert document_id(root / "2018" / "a.txt") == "a.txt"
    assert document_id(Path("/khac/a.txt"), root) == "a.txt"
    assert document_id(root / unicodedata.normalize("NFD", "Đồng lúa.txt"), root) == "Đồng lúa.txt"


def test_a_name_that_is_no_unicode_is_written_out_and_its_path_opens_the_file(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path / "a") + b"\xe0\xff.txt"))
    try:
        write(path)
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    document = read_document(path, root=tmp_path)
    assert document.id == r"a\udce0\udcff.txt"
    assert document.path is not None and Path(document.path).samefile(path)
