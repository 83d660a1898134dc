"""Every error that vnsearch raises on purpose, as one tree.

    VnsearchError
    ├── IndexProblem            something about the index folder
    │   ├── IndexNotFound      there is no index in that folder
    │   ├── IndexExists        there is one already, and overwriting was not asked for
    │   ├── IndexDamaged       files are missing, cut short, or not what they should be
    │   ├── IndexVersion       the index was written by another version of the format
    │   └── IndexBusy          another writer holds the index
    ├── SourceError            something about a file or folder to read
    │   ├── SourceNotFound     the path does not exist
    │   ├── SourceEmpty        the folder holds no document
    │   ├── SourceUnreadable   the system refused to open or read it
    │   └── SourceNotText      it is not text
    ├── DocumentError          a document that cannot be indexed as given (bad id, bad field value)
    ├── DocumentNotFound       no document has that id
    ├── RequestError           a search that cannot be carried out (unknown field, bad limit)
    └── SynonymsError          a file of synonyms that cannot be read; names the file, and the line where there is one

Each carries `message` (what happened, to what) and `hint` (what to do); `str()` gives both on one line.
"""

from __future__ import annotations


class VnsearchError(Exception):
    """The root of the tree. Raised only through its children."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class IndexProblem(VnsearchError):
    """Something about the index folder."""


class IndexNotFound(IndexProblem):
    """There is no index in that folder."""


class IndexExists(IndexProblem):
    """There is an index already, and overwriting was not asked for."""


class IndexDamaged(IndexProblem):
    """Files of the index are missing, cut short, or not what they should be."""


class IndexVersion(IndexProblem):
    """The index was written in another version of the format."""


class IndexBusy(IndexProblem):
    """Another writer holds the index."""


class SourceError(VnsearchError):
    """Something about a file or folder to read."""


class SourceNotFound(SourceError):
    """The path does not exist."""


class SourceEmpty(SourceError):
    """The folder holds no document."""


class SourceUnreadable(SourceError):
    """The system refused to open or read the file."""


class SourceNotText(SourceError):
    """The file is not text."""


class DocumentError(VnsearchError):
    """A document that cannot be indexed as given."""


class DocumentNotFound(VnsearchError):
    """No document has that id."""


class RequestError(VnsearchError):
    """A search that cannot be carried out as asked."""


class SynonymsError(VnsearchError):
    """A file of synonyms that cannot be read, or a line of it that means nothing."""
