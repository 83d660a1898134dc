"""Files and folders -> documents: which files, what text, and what the text is made of.

    folder       which files a folder stands for
    reader       a file -> a document
    textfile     a file -> its text
    article      what a saved web page is made of, by those below
    blocks       a text as the blocks that a reader sees
    titles       which of the first lines is the title
    dates        the date of a page
    boilerplate  the lines that are no article, by `labels`, the lists of what such lines say

`find` lists the files, `read_document` reads one; `read_article` looks at a text that came from anywhere else. This
room knows nothing of an index.
"""

from __future__ import annotations

from .article import Article, read_article
from .folder import EXTENSIONS, find
from .reader import document_id, read_document, readable_name
from .textfile import MAX_BYTES, decode_bytes, read_bytes, read_text

__all__ = [
    "EXTENSIONS",
    "MAX_BYTES",
    "Article",
    "decode_bytes",
    "document_id",
    "find",
    "read_article",
    "read_bytes",
    "read_document",
    "read_text",
    "readable_name",
]
