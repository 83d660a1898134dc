"""A command line to begin with, for the help page of each command. A test reads them all."""

from __future__ import annotations

from typing import Final

from .text import Text

EXAMPLES: Final[dict[str, Text]] = {
    "example.head": Text("Example:", "Ví dụ:"),
    "example.index": Text("vnsearch index articles notes.txt --jobs 2", "vnsearch index van-ban ghi-chu.txt --jobs 2"),
    "example.search": Text(
        'vnsearch search "tư tưởng" dao duc -tham --limit 3', 'vnsearch search "tư tưởng" dao duc -tham --limit 3'
    ),
    "example.show": Text("vnsearch show articles/a.txt", "vnsearch show van-ban/a.txt"),
    "example.similar": Text("vnsearch similar articles/a.txt", "vnsearch similar van-ban/a.txt"),
    "example.delete": Text("vnsearch delete articles/a.txt", "vnsearch delete van-ban/a.txt"),
    "example.shell": Text("vnsearch shell --index news", "vnsearch shell --index tin-tuc"),
    "example.stats": Text("vnsearch stats --json", "vnsearch stats --json"),
    "example.doctor": Text("vnsearch doctor --index news", "vnsearch doctor --index tin-tuc"),
    "example.config": Text("vnsearch config --write project", "vnsearch config --write project"),
    "example.completion": Text("source <(vnsearch completion bash)", "source <(vnsearch completion bash)"),
}
