"""The engine: what is written to an index folder and read from it. The only room that touches index files."""

from .analysis import VietnameseAnalyzer
from .snapshot import Snapshot
from .writer import Writer

__all__ = ["Snapshot", "VietnameseAnalyzer", "Writer"]
