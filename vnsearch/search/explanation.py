"""Why a document ranks where it does, in words and numbers."""

from __future__ import annotations

from ..engine.snapshot import Snapshot
from ..errors import DocumentNotFound
from ..models import Explanation, Term
from ..text.tokens import tokenize
from .scoring import PAIR_WEIGHT, TITLE_WEIGHT, Part, Scorer, parts
from .searcher import Request, find, read
from .slots import TITLE, Region


def explain(snapshot: Snapshot, request: Request, document_id: str) -> Explanation:
    """The parts of a document's score for a query. Raises `DocumentNotFound`."""
    number = snapshot.find(document_id)
    if number is None:
        raise DocumentNotFound(f"there is no document '{document_id}'", "ids are shown with search results")
    root = read(snapshot, request).root
    if root is None:
        return Explanation(document_id, request.query, False, 0.0, (), "The query holds nothing to search for.")
    attempt, matcher, units = find(snapshot, request, root)
    scorer = Scorer(matcher)
    leaves = list(matcher.positive(attempt.root))
    terms = []
    lines = []
    for part in parts(leaves):
        earned, documents, where = _earned(scorer, part, number)
        matched = _matched(snapshot, part, number, matcher.regions(part.leaf))
        word = part.leaf.text if not part.slots else " ".join(_name(slot) for slot in part.slots)
        terms.append(Term(word, matched, documents, earned))
        kind = f"side by side (x{PAIR_WEIGHT:g})" if part.slots else "as " + (", ".join(matched) or "nothing")
        lines.append(f"{earned:8.3f}  {word}: {kind}; in {documents} passages and titles; {where}")
    matches = number in units
    score = float(scorer.documents(scorer.records(leaves))[number])
    head = f"'{document_id}' {'matches' if matches else 'does not match'} '{request.query}', score {score:.3f}."
    notes = [attempt.note + "."] if attempt.note else []
    text = "\n".join([head, *notes, "The best place for each part of the query:", *lines])
    return Explanation(document_id, request.query, matches, score, tuple(terms), text)


def _earned(scorer: Scorer, part: Part, number: int) -> tuple[float, int, str]:
    """The best score that a part earns at one place of a document, how many records hold it, and the place."""
    best = 0.0
    records_found = 0
    where = "not in this document"
    for region in scorer.matcher.regions(part.leaf):
        records, scores = scorer.bm25(scorer.find(part, region), region)
        records_found += len(records)
        weight = part.weight * (TITLE_WEIGHT if region is TITLE else 1.0)
        for record, score in zip(records, scores, strict=True):
            if scorer.snapshot.document_of[record] == number and weight * score > best:
                best = float(weight * score)
                start = int(scorer.snapshot.starts[record])
                where = "in the title" if region is TITLE else f"in the passage at {start}"
    return best, records_found, where


def _matched(snapshot: Snapshot, part: Part, number: int, regions: tuple[Region, ...]) -> tuple[str, ...]:
    """The spellings in the document that a single word matched."""
    if part.slots or len(part.leaf.readings[0]) > 1:
        return ()
    slot = part.leaf.readings[0][0]
    document = snapshot.document(number)
    texts = [document.title if region is TITLE else document.text for region in regions]
    found = {t.canonical for text in texts for t in tokenize(text) if slot.weight(t.canonical) > 0}
    return tuple(sorted(found))


def _name(slot: object) -> str:
    return str(getattr(slot, "token", None) or getattr(slot, "pattern", ""))
