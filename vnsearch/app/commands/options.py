"""Options that several commands take."""

from __future__ import annotations

from typing import Annotated

from ..declaration import Option

JsonlOption = Annotated[bool, Option(("--jsonl",), "help.option.jsonl")]
CsvOption = Annotated[bool, Option(("--csv",), "help.option.csv")]
PathsOption = Annotated[bool, Option(("--paths",), "help.option.paths")]
NulOption = Annotated[bool, Option(("--nul", "-0"), "help.option.nul")]
CountOption = Annotated[bool, Option(("--count",), "help.option.count")]
LimitOption = Annotated[int, Option(("--limit", "-n"), "help.option.limit", "N", least=1)]
