"""What the parts of a score count for, beside the words of a text, which count one.

`python -m benchmarks.quality.tune` tries values in turn on sets of judged queries and of known items, typed in several
ways, and tells which answer best over all of them.
"""

from __future__ import annotations

PAIR = 0.45
"""Two neighbours of the query that stand side by side."""

TITLE = 3.0
"""A word in a title counts as so many in the text."""

PASSAGE = 0.25
"""What the best passage of a document says, beside what all of it says."""

QUESTION = 0.3
"""Words that only ask: ai, bao nhiêu, là gì."""

RESTORED = 0.3
"""A word with the marks that it most likely lacks; with any marks it counts the rest."""

UNMARKED = 0.1
"""A word that bears marks, for one that was typed without any in a query that has its marks otherwise."""

POWER = 1.15
"""The power of the idf. Above 1, rare words count for more than plain BM25 gives them."""
