"""What a saved web page is made of: a title, a date, an article, and what is not the article.

Nothing is thrown away: a search finds every word of the file. But a new passage must begin (a *border*) where one thing
ends and another begins, so that a teaser for another story is never read as the end of this one:

* at the title, where something stands above it (a site's name, a menu, the header of a letter). The title and its
  dateline stay with the first paragraph: alone they would make a passage that shows nothing the title does not.
* at the first of a run of labels ("Tin liên quan", "(0) Bình luận"). The labels stay with the item below them, for the
  same reason.
* at every further item below a label: a line that says how long ago ("3 giờ trước - ..."), or that reads like a
  headline; and at such dated lines wherever two follow each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from ..records import record
from .blocks import Block, is_finished, read_blocks
from .boilerplate import is_dated_teaser, is_label
from .dates import dateline, is_byline
from .titles import Title, find_title

DATELINE_REACH: Final = 4
"""How many blocks below the title a dateline can stand: behind a lead, a byline, a section."""

_HEADLINE_WORDS: Final = range(4, 46)
_LONGEST_HEADLINE: Final = 300


@record(frozen=True, slots=True)
class Article:
    """What was read of a page. `title` is empty and `date` None where there is none; `borders` are offsets of starts of
    lines, in ascending order, where a new passage must begin."""

    title: str
    date: date | None
    borders: tuple[int, ...]


def read_article(text: str) -> Article:
    """The title, the date and the borders of a page or of any other text. Never raises; linear in its length."""
    blocks = read_blocks(text)
    title = find_title(blocks)
    return Article(title.text, _find_date(blocks, title), tuple(_borders(blocks, title)))


def _find_date(blocks: Sequence[Block], title: Title) -> date | None:
    """The dateline nearest to the title: first below it, then above."""
    below = blocks[title.end : title.end + DATELINE_REACH]
    for block in (*below, *reversed(blocks[: title.place])):
        found = dateline(block.text)
        if found:
            return found
    return None


def _borders(blocks: list[Block], title: Title) -> Iterator[int]:
    if title.place:
        yield blocks[title.place].start
    below_labels = False  # whether a label has been seen
    begun = True  # whether the last border's passage already holds an item
    for place in range(title.end, len(blocks)):
        block = blocks[place]
        if is_label(block):
            if begun:
                yield block.start
            below_labels, begun = True, False
        elif _is_item(blocks, place, below_labels):
            if begun:
                yield block.start
            begun = True
        else:
            begun = True


def _is_item(blocks: list[Block], place: int, below_labels: bool) -> bool:
    """Whether a block begins a teaser of its own."""
    block = blocks[place]
    if is_dated_teaser(block):
        return below_labels or any(
            map(is_dated_teaser, blocks[max(0, place - 1) : place] + blocks[place + 1 : place + 2])
        )
    return below_labels and _is_headline(block)


def _is_headline(block: Block) -> bool:
    if len(block.text) > _LONGEST_HEADLINE or block.words not in _HEADLINE_WORDS:
        return False
    return not (is_finished(block.text) or block.text[0].islower() or is_byline(block.text))
