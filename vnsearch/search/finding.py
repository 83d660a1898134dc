"""What does a query match? It is read from the strictest way to the loosest, and the first that finds enough is taken.

As typed; as keystrokes of an input method that was off (tuw -> tư); a short query with marks that contradict those
typed; then with most of its words, and with any of them. `SearchResults.relaxed` and the notes of the interpretation
say which it was.

Of a short query all words are wanted if anything holds them all. A longer one is relaxed until enough units match; and
one that is long, or asks a question, at once to any of its words, for what answers a question holds few of them. A
long quotation that stands nowhere is read as its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from ..engine.snapshot import Snapshot
from ..models import Relaxed
from ..text.canonical import fold
from ..text.questions import asking
from ..text.tokens import tokens_of
from . import filters as metadata
from .leaves import Leaf
from .matching import Mask, Matcher
from .query import And, Bag, Node, Not, Or, Phrase, Word, bag, conjunction, disjunction, write
from .request import Request, read_text
from .restoration import lacks_only_tones, share_unmarked
from .slots import MarksPolicy

SHORT: Final = 4
LONG: Final = 10
"""A query of up to so many words is short; from so many on it is long."""

ENOUGH: Final = 100
SHARE: Final = 0.1
"""So many units are enough, or this share of a small collection, if that is fewer."""


_FIXED: Final = {"exact": MarksPolicy.EXACT, "ignore": MarksPolicy.IGNORED}
"""How the marks of a query are read where somebody said it."""


class Attempt(NamedTuple):
    """One way to read a query."""

    root: Node
    policy: MarksPolicy
    need: Relaxed | None
    relaxed: Relaxed | None = None
    note: str = ""


class Answer(NamedTuple):
    """The attempt that was taken, its matcher, the units that it matches (bool[units]), and how many these are."""

    attempt: Attempt
    matcher: Matcher
    matched: Mask
    total: int


class _Finder:
    """Answers the readings of one request. A matcher serves all attempts under its policy of marks."""

    def __init__(self, snapshot: Snapshot, request: Request) -> None:
        self._snapshot = snapshot
        self._request = request
        self._allowed = metadata.select(snapshot, request.filters) if request.filters else None
        self._matchers: dict[MarksPolicy, Matcher] = {}
        self._policy = self._read_policy()

    def _read_policy(self) -> MarksPolicy:
        """How the marks of the query are to be read."""
        fixed = _FIXED.get(self._request.marks)
        if fixed is not None:
            return fixed
        tokens = [token.canonical for chunk in self._request.query.split() for token in tokens_of(chunk)]
        if lacks_only_tones(self._snapshot, tokens):
            return MarksPolicy.TONELESS
        return MarksPolicy.COMPATIBLE if share_unmarked(self._snapshot, tokens) else MarksPolicy.MARKED

    def readings(self, root: Node) -> Iterator[Attempt]:
        """The query as typed, and as an input method would have typed it where that is another one."""
        need: Relaxed | None = "any" if self._request.match == "any" else None
        yield Attempt(root, self._policy, need)
        from ..text import keystrokes  # only where nothing is found as typed

        text = None if self._request.literal else keystrokes.decode(self._request.query)
        decoded = read_text(self._snapshot, self._request, text).root if text else None
        if decoded is not None:
            policy = self._policy if self._request.marks != "auto" else MarksPolicy.COMPATIBLE
            yield Attempt(decoded, policy, need, None, f"read as keystrokes: {write(decoded)}")

    def answer(self, attempt: Attempt) -> Answer:
        """What an attempt matches."""
        matcher = self._matchers.get(attempt.policy)
        if matcher is None:
            matcher = Matcher(self._snapshot, attempt.policy, self._request.group)
            self._matchers[attempt.policy] = matcher
        mask: Mask = matcher.match(attempt.root, attempt.need)
        if self._allowed is not None:
            mask = mask & matcher.restrict(self._allowed)
        return Answer(attempt, matcher, mask, int(np.count_nonzero(mask)))

    def without_exclusion(self, answer: Answer) -> Answer | None:
        """An answer that is empty only for what the query excludes. Looser words would find what nobody asked for."""
        attempt = answer.attempt
        kept = affirmative(attempt.root)
        if kept == attempt.root:
            return None
        total = self.answer(attempt._replace(root=kept)).total
        note = f"nothing is left after the exclusion; without it: {total}"
        return answer._replace(attempt=attempt._replace(note=note)) if total else None

    def relaxed(self, answer: Answer) -> Answer:
        """An answer to be content with: the same, or what more units match with most or with any of the words."""
        enough = max(1, min(ENOUGH, int(SHARE * self._snapshot.documents)))
        if answer.total >= enough:
            return answer
        attempt = answer.attempt
        words = self.words(answer)
        enough = 1 if len(words) <= SHORT else enough
        levels: tuple[tuple[Relaxed, str], ...] = (("most", "most of them were wanted"), ("any", "any of them will do"))
        for need, meaning in levels[1:] if is_long(words) else levels:
            if answer.total >= enough:
                break
            note = _noted(attempt, f"too few results hold all of the words: {meaning}")
            looser = self.answer(attempt._replace(need=need, relaxed=need, note=note))
            answer = looser if looser.total > answer.total else answer
        return answer

    def words(self, answer: Answer) -> list[Leaf]:
        """The leaves that speak for a document."""
        return answer.matcher.positive(answer.attempt.root)

    def known(self, answer: Answer) -> int:
        """How many of the words the collection holds."""
        matcher = answer.matcher
        return sum(
            any(matcher.forms(leaf.readings[0][0], region) for region in matcher.regions(leaf.field))
            for leaf in self.words(answer)
        )


def find(snapshot: Snapshot, request: Request, root: Node) -> Answer:
    """The answer to a request. Where nothing matches at all, the query as typed, with no units."""
    finder = _Finder(snapshot, request)
    auto = request.match == "auto"
    answers: list[Answer] = []
    for reading in finder.readings(root):
        answer = finder.answer(reading)
        if answer.total:
            return finder.relaxed(answer) if auto else answer
        excluded = finder.without_exclusion(answer)
        if excluded is not None:
            return excluded
        answers.append(answer)
    if request.marks == "auto" and not (auto and len(finder.words(answers[0])) > SHORT):
        for answer in answers:
            note = _noted(answer.attempt, "nothing has these marks: other marks were accepted")
            bent = finder.answer(answer.attempt._replace(policy=MarksPolicy.CONFLICTING, relaxed="marks", note=note))
            if bent.total:
                return bent
    if auto:
        # Of the readings that which the collection knows more words of; of equal ones as typed.
        for answer in sorted(answers, key=finder.known, reverse=True):
            looser = finder.relaxed(answer)
            if looser.total:
                return looser
        plain = unquoted(root)
        if plain != root:
            return find(snapshot, request, plain)
    return answers[0]


def is_long(words: Sequence[Leaf]) -> bool:
    """Whether a query is long, or asks a question. One without marks may ask too."""
    if len(words) >= LONG:
        return True
    tokens = ["" if leaf.typed is None else leaf.typed.token for leaf in words]
    return any(asking(tokens)) or any(asking([fold(token) for token in tokens], bare=True))


def unquoted(node: Node) -> Node:
    """A tree in which long quotations, which somebody pasted, are bare words."""
    match node:
        case Phrase(text, _, None) if len(text.split()) >= LONG:
            return bag(Word(word) for word in text.split())
        case Or(children):
            return disjunction([unquoted(child) for child in children])
        case Bag(should, must, must_not):
            return bag([unquoted(child) for child in should], must, must_not)
        case _:
            return node


def _noted(attempt: Attempt, note: str) -> str:
    return f"{attempt.note}; {note}" if attempt.note else note


def affirmative(node: Node) -> Node:
    """A tree without what it excludes."""
    match node:
        case And(children):
            return conjunction([affirmative(child) for child in children if not isinstance(child, Not)])
        case Or(children):
            return disjunction([affirmative(child) for child in children])
        case Bag(should, must, _):
            return bag([affirmative(c) for c in should], [affirmative(c) for c in must])
        case _:
            return node
