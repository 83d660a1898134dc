"""Which of the first lines of a text is its title.

The title of a saved page need not be its first line: a site's name, a menu, a lead or a national header may stand above
it. So every block of the head is a candidate, small independent features speak for or against it, and the best
candidate wins if enough speaks for it. Plain prose has no title, and gets none.

The weights are few and round on purpose: one feature of the layout (a byline below) outweighs any two of form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from .blocks import CLOSERS, Block, is_finished, plain
from .boilerplate import is_dated_teaser, is_label, is_section
from .dates import dateline, is_byline, is_name

HEAD_BLOCKS: Final = 120
"""How many blocks are looked at: room for a long menu."""

HEAD_PROSE: Final = 3
"""The head ends with this paragraph of prose: a title does not stand below the text."""

ENOUGH: Final = -1.0
"""A candidate with more against it is no title."""

_USUAL_WORDS: Final = 25
_MOST_WORDS: Final = 45
MOST_CHARACTERS: Final = 300
"""The longest title."""

_PROSE_WORDS: Final = 20
_REPEATED_WORDS: Final = range(4, _USUAL_WORDS + 1)
_SITE: Final = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,6}(?::\d+)?(?:/\S*)?", re.I)
_FILE: Final = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|bmp|svg|mp[34]|pdf|docx?)", re.I)
_RULE: Final = re.compile(r"[\W\d_]+")
_HEADING: Final = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*")
_UNDERLINE: Final = re.compile(r"={3,}")
_CELLS: Final = re.compile(r"\s{2,}|\t")
_NUMBER: Final = re.compile(r"so (?:\w+ )*\w*\d\w*(?: \w+){0,6}|so")
_CAPTION: Final = re.compile(r"[\s.–-](?:Ảnh|ẢNH|Nguồn|Đồ họa)\s*:|\((?:[Ảả]nh|[Nn]guồn)\b")
_SITE_SUFFIX: Final = re.compile(r"\s[|–—-]\s")
_QUOTED: Final = re.compile(r"[*_]{1,3}(.+?)[*_]{1,3}")

_MOTTO: Final = plain("Độc lập - Tự do - Hạnh phúc")
_STATE: Final = frozenset(map(plain, ("Cộng hòa xã hội chủ nghĩa Việt Nam", "Đảng Cộng sản Việt Nam")))
_MASTHEAD: Final = tuple(
    plain(name) + " "
    for name in (
        "Báo", "Tạp chí", "Cổng thông tin", "Trang thông tin", "Trang tin", "Cơ quan của", "Cơ quan ngôn luận",
        "Đài phát thanh", "Tiếng nói của", "Diễn đàn của",
    )
)  # fmt: skip
_KINDS: Final = frozenset(
    map(
        plain,
        """Hiến pháp|Luật|Bộ luật|Pháp lệnh|Lệnh|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Thông tư liên tịch
        |Quy định|Quy chế|Điều lệ|Kế hoạch|Chương trình|Chương trình hành động|Đề án|Báo cáo|Tờ trình|Công văn|Công điện
        |Thông báo|Thông cáo|Hướng dẫn|Kết luận|Biên bản|Giấy mời|Tuyên bố|Di chúc|Lời kêu gọi""".split("|"),
    )
)
"""What an official document calls itself on a line of its own, above its subject."""


class Title(NamedTuple):
    """The title found: `place` and `end` are the blocks it is made of (none where `text` is empty)."""

    text: str
    place: int
    end: int


NO_TITLE: Final = Title("", 0, 0)


@dataclass(frozen=True)
class Head:
    """The first blocks of a page, and what the whole page says about them."""

    blocks: Sequence[Block]
    seen: Counter[str]

    @cached_property
    def furniture(self) -> list[bool]:
        """Which blocks can be no title: names of sites and files, menus, labels, datelines, headers, long blocks."""
        return [_is_furniture(block) for block in self.blocks]

    @cached_property
    def prose(self) -> list[int]:
        """How many paragraphs of prose stand above each block."""
        above = [0]
        for block in self.blocks:
            above.append(above[-1] + _is_prose(block))
        return above

    def after(self, place: int, distance: int = 1) -> Block | None:
        """The block that many places below, if the head has it."""
        return self.blocks[place + distance] if place + distance < len(self.blocks) else None


def find_title(blocks: Sequence[Block]) -> Title:
    """The title of a page. Linear in the number of its blocks."""
    head = Head(_head(blocks), Counter(_stem(block.text) for block in blocks if len(block.text) <= MOST_CHARACTERS))
    best, most = -1, ENOUGH
    for place in range(len(head.blocks)):
        if not head.furniture[place]:
            score = sum(weight * feature(head, place) for feature, weight in FEATURES)
            if score > most or (score == most and best < 0):
                best, most = place, score
    return NO_TITLE if best < 0 else _compose(head, best)


def _head(blocks: Sequence[Block]) -> Sequence[Block]:
    prose = 0
    for place, block in enumerate(blocks[:HEAD_BLOCKS]):
        prose += _is_prose(block)
        if prose == HEAD_PROSE:
            return blocks[: place + 1]
    return blocks[:HEAD_BLOCKS]


# What a block is.


def _is_prose(block: Block) -> bool:
    """A paragraph of running text."""
    if len(block.text) > MOST_CHARACTERS or block.words > _MOST_WORDS:
        return True
    return block.words >= _PROSE_WORDS and is_finished(block.text)


def _is_furniture(block: Block) -> bool:
    text = block.text
    if len(text) > MOST_CHARACTERS:
        return True
    if any(pattern.fullmatch(text) for pattern in (_RULE, _SITE, _FILE)):
        return True
    if is_label(block) or is_section(block) or is_dated_teaser(block) or is_byline(text):
        return True
    return dateline(text) is not None or any(_is_header_cell(cell) for cell in _CELLS.split(text))


def _is_header_cell(cell: str) -> bool:
    """A part of the header of official documents: the state, its motto, the document's number."""
    if len(cell) > 60:
        return False
    words = plain(cell)
    if words == _MOTTO or (words in _STATE and cell.isupper()):
        return True
    return cell.startswith(("Số", "SỐ")) and bool(_NUMBER.fullmatch(words))


def _stem(text: str) -> str:
    """A line without the name of the site that pages put behind their title: Title | Site."""
    return _SITE_SUFFIX.split(text)[0] if len(text) <= MOST_CHARACTERS else text


# What speaks for and against a candidate. Each answers for one block of the head, as a number from 0 to 1.


def has_dateline_below(head: Head, place: int) -> float:
    """A byline or dateline follows at once; a little, where a line stands between (a lead) or it may be only a name."""
    below, next_below = head.after(place), head.after(place, 2)
    if below is None:
        return 0
    if dateline(below.text) or is_byline(below.text):
        return 1
    if is_name(below.text) and not is_section(below):
        return 0.3
    return 0.3 if next_below is not None and dateline(next_below.text) else 0


def has_dateline_above(head: Head, place: int) -> float:
    """A dateline stands just above."""
    return float(place > 0 and dateline(head.blocks[place - 1].text) is not None)


def has_prose_below(head: Head, place: int) -> float:
    """Running text follows; half, where one line stands between (a picture's caption, a name)."""
    for distance, worth in ((1, 1.0), (2, 0.5)):
        below = head.after(place, distance)
        if below is not None and _is_prose(below):
            return worth
    return 0


def has_prose_above(head: Head, place: int) -> float:
    """Running text stands above: this may be a heading inside the article."""
    return float(head.prose[place] > 0)


def is_sentence(head: Head, place: int) -> float:
    """It ends in a full stop; a question, an exclamation or three dots may well be a title."""
    ending = head.blocks[place].text.rstrip(CLOSERS)
    return float(ending.endswith((".", ";")) and not ending.endswith(".."))


def is_unfinished(head: Head, place: int) -> float:
    """It goes on on the next line: a colon or a comma at its end."""
    return float(head.blocks[place].text.endswith((":", ",", "-")))


def is_too_long(head: Head, place: int) -> float:
    """More words than titles usually have, up to more than any has."""
    return min(1.0, max(0.0, (head.blocks[place].words - _USUAL_WORDS) / (_MOST_WORDS - _USUAL_WORDS)))


def is_too_short(head: Head, place: int) -> float:
    """One or two words: a menu's entry, a kicker; a little, three or four."""
    words = head.blocks[place].words
    return 1 if words <= 2 else 0.5 if words <= 4 else 0


def is_heading(head: Head, place: int) -> float:
    """Markdown says so: a first level, fully; a deeper one less, and below running text not at all."""
    below = head.after(place)
    if below is not None and _UNDERLINE.fullmatch(below.text):
        return 1
    found = _HEADING.fullmatch(head.blocks[place].text)
    level = len(found[1]) if found else 0
    if not level or (level > 1 and head.prose[place]):
        return 0
    return 1 - 0.15 * (level - 1)


def is_repeated(head: Head, place: int) -> float:
    """It stands again elsewhere on the page, as titles do in page names and teasers; leads do too, so length tells."""
    block = head.blocks[place]
    if block.words not in _REPEATED_WORDS or block.text.endswith((".", "…")) or _stem(block.text) != block.text:
        return 0
    return float(head.seen[block.text] > 1)


def is_kind_of_document(head: Head, place: int) -> float:
    """It names a kind of official document: QUYẾT ĐỊNH, CHỈ THỊ."""
    text = head.blocks[place].text
    return float(len(text) <= 40 and plain(text) in _KINDS)


def is_subject(head: Head, place: int) -> float:
    """It gives the subject of a letter: V/v ..."""
    return float(head.blocks[place].text.lower().startswith(("v/v", "về việc")))


def is_masthead(head: Head, place: int) -> float:
    """It looks like the name of a newspaper or of an office's site."""
    block = head.blocks[place]
    return float(block.words <= 8 and f"{plain(block.text)} ".startswith(_MASTHEAD))


def is_item(head: Head, place: int) -> float:
    """It is an item of a list, a line of dialogue, or a picture's caption."""
    text = head.blocks[place].text
    return float(text.startswith(("- ", "* ", "+ ", "• ", "– ", ">")) or bool(_CAPTION.search(text)))


def is_mid_sentence(head: Head, place: int) -> float:
    """It begins in lower case with a word of the language."""
    first = head.blocks[place].text.split()[0]
    return float(first.islower() and first.isalpha())


def comes_late(head: Head, place: int) -> float:
    """Something stands above that has the form of a title; a little, for anything else that is not furniture."""
    above = [head.blocks[i] for i in range(place) if not head.furniture[i]]
    titles = sum(5 <= block.words <= _USUAL_WORDS and not block.text.endswith(".") for block in above)
    return min(1.0, 0.6 * titles + 0.1 * (len(above) - titles))


Feature = Callable[[Head, int], float]

FEATURES: Final[tuple[tuple[Feature, float], ...]] = (
    (has_dateline_below, 3),
    (has_dateline_above, 1),
    (has_prose_below, 1),
    (has_prose_above, -3),
    (is_sentence, -4),
    (is_unfinished, -2),
    (is_too_long, -4),
    (is_too_short, -1),
    (is_heading, 4),
    (is_repeated, 2),
    (is_kind_of_document, 5),
    (is_subject, 2),
    (is_masthead, -2),
    (is_item, -3),
    (is_mid_sentence, -1),
    (comes_late, -1),
)
"""What is asked of every candidate, and what a full yes is worth."""


# From the candidate to the title.


def _compose(head: Head, place: int) -> Title:
    """The title as text: a kind of document with its subject, capitals over several lines, Markdown taken off."""
    text, end = head.blocks[place].text, place + 1
    if is_kind_of_document(head, place):
        subject = end
        while subject < len(head.blocks) and _RULE.fullmatch(head.blocks[subject].text):
            subject += 1
        if _can_join(head, subject, text):
            text, end = f"{text} {head.blocks[subject].text}", subject + 1
    while _can_join(head, end, text) and _goes_on_in_capitals(head.blocks[end - 1].text, head.blocks[end]):
        text, end = f"{text} {head.blocks[end].text}", end + 1
    return Title(_clean(text), place, end)


def _can_join(head: Head, place: int, text: str) -> bool:
    """Whether a block could be the next line of a title that begins with `text`."""
    if place >= len(head.blocks) or head.furniture[place] or is_sentence(head, place) or is_unfinished(head, place):
        return False
    return len(text) + 1 + len(head.blocks[place].text) <= MOST_CHARACTERS


def _goes_on_in_capitals(text: str, block: Block) -> bool:
    return not block.apart and text.isupper() and block.text.isupper() and len(text.split()) > 1


def _clean(text: str) -> str:
    heading = _HEADING.fullmatch(text)
    text = heading[2] if heading else text
    quoted = _QUOTED.fullmatch(text)
    text = quoted[1] if quoted else text
    return " ".join(text.split())
