"""Our engine beside stock Whoosh, SQLite FTS5, tantivy-py and bm25s: the same articles, the same queries, one run.

    python -m benchmarks.engines ARTICLES.jsonl.gz [--questions FOLDER] [--output FILE.json]

`adapter` says what an engine must be able to do, and one module an engine does it; `corpus` reads articles and draws
queries; `child` builds and measures memory in a process of its own; `latency` times queries, the engines in turn;
`goals` holds the figures that must be reached; `report` prints and saves.
"""
