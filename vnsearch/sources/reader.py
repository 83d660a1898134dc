"""A file -> a document, ready to be indexed."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final

from ..models import Document
from .article import read_article
from .textfile import read_text

_GAPS: Final = re.compile(r"[\s_]+")
_DASHED: Final = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


def read_document(path: Path, *, root: Path | None = None) -> Document:
    """The document in a file: its text as it is, with the title, the date and the borders read from it.

    `id` is `document_id(path, root)`. `title` is the one the text bears, else the file's name made readable.
    `fields["date"]` is set where the text has a dateline. `path` opens the file: where its bytes are no UTF-8, Python
    keeps them as lone surrogates, and so does an index.

    Raises `SourceNotFound`, `SourceUnreadable` or `SourceNotText`. A file without a visible character is
    `SourceNotText` ("is empty"): whoever walks a folder should hear of it, and nothing could ever find it.
    """
    text = read_text(path)
    article = read_article(text)
    return Document(
        id=document_id(path, root),
        text=text,
        title=article.title or readable_name(path),
        fields={"date": article.date} if article.date else {},
        path=str(path),
        borders=article.borders,
    )


def document_id(path: Path, root: Path | None = None) -> str:
    """The name of a file's document: its path below `root` with forward slashes, in NFC; the file's name where there is
    no root or it lies elsewhere.

    >>> document_id(Path("tin/2018/a.txt"), Path("tin"))
    '2018/a.txt'
    """
    if root is None:
        return _name(path.name)
    try:
        return _name(path.relative_to(root).as_posix())
    except ValueError:
        return _name(path.name)


def readable_name(path: Path) -> str:
    """The name of a file as a title: without extension, with spaces for underscores and for hyphens between words.

    >>> readable_name(Path("tin/bao-cao_nam_2018.txt")), readable_name(Path("05-CT-TW.txt"))
    ('bao cao nam 2018', '05-CT TW')
    """
    name = _name(path.stem)
    readable = _GAPS.sub(" ", _DASHED.sub(" ", name)).strip()
    return readable or name


def _name(name: str) -> str:
    return unicodedata.normalize("NFC", _printable(name))


def _printable(name: str) -> str:
    r"""A file's name as Unicode: bytes of it that are no UTF-8 are written out, so that two names never become one."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
