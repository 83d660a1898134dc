"""How well the first page answers, for each way to type a query: this engine beside plain ones, in one run.

    python -m benchmarks.quality [FOLDER ...] [--known ARTICLES.jsonl.gz] [--output FILE.json]

A FOLDER is a set of judged queries in BEIR layout; without one, those in `$VNSEARCH_DATA/retrieval`. Articles with an
abstract and a title make two more sets, of known items. What is random has a fixed seed.

`sets` reads and draws queries; `forms` types them; `engines` answers, `bm25` being the reference that is computed here;
`figures` says how good an answer is, `evaluation` over a set; `goals` holds what must be reached; `report` prints and
saves. `tune` chooses the parameters of ranking by `ascent`.
"""
