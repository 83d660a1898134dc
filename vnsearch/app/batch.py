"""Many queries at once: a line of standard input each, a line of JSON for each.

Every line is answered, an empty one too, and each answer is handed over before the next line is read: so another
program can keep the process and talk to it. Answers come from the last commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO

from ..errors import VnsearchError
from .answers import Question
from .formats import json_line
from .surroundings import ERROR, FOUND, NOTHING, Surroundings
from .terminal import readable_input

MAX_LINE: Final = 1 << 20
"""So many characters of a line are read; the others are passed over. What a query may hold is for the index to say."""


def answer_lines(around: Surroundings, question: Question) -> int:
    """Answer every line of standard input; the exit status: 2 where one of them had an error, 1 where nothing at all
    was found. Raises what opening the index raises."""
    status = NOTHING
    with around.open() as index:
        for number, query in enumerate(_lines(readable_input()), start=1):
            head = {"line": number, "query": query}
            try:
                index.refresh()
                answer = question.ask(index, query)
            except VnsearchError as error:
                status = ERROR
                values = head | {"error": str(error)}
            else:
                values = head | answer.to_dict()
                if answer.results and status == NOTHING:
                    status = FOUND
            around.terminal.written([json_line(values)])
            around.terminal.flush()
    return status


def _lines(stream: TextIO) -> Iterator[str]:
    """The lines of a stream without their ends, and without a mark of byte order before the first."""
    first = True
    while line := stream.readline(MAX_LINE):
        rest = line
        while len(rest) == MAX_LINE and rest[-1] != "\n":
            rest = stream.readline(MAX_LINE)
        yield (line.removeprefix("\ufeff") if first else line).rstrip("\n")
        first = False
