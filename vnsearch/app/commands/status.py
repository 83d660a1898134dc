"""`vnsearch stats` and `vnsearch doctor`: how the index is and whether all is well."""

from ..declaration import JsonOption, command
from ..surroundings import ERROR, FOUND, NOTHING, Surroundings
from .options import CsvOption, JsonlOption


@command("stats")
def stats(around: Surroundings, json: JsonOption = False, jsonl: JsonlOption = False, csv: CsvOption = False) -> int:
    """Print the size of the index."""
    from ..formats import chosen, stats_text
    from ..rendering import stats_lines

    form = chosen(around.say, json=json, jsonl=jsonl, csv=csv)
    with around.open() as opened:
        counted = opened.stats()
    if form is None:
        around.terminal.painted(stats_lines(counted, around.terminal, around.say))
    else:
        around.terminal.written(stats_text(counted, form))
    return FOUND


@command("doctor")
def doctor(around: Surroundings, json: JsonOption = False) -> int:
    """Print the state of the installation and of the index."""
    from ..doctor import examine, pairs
    from ..problems import problem_text
    from ..rendering import pair_lines

    findings = examine(around.folder)
    if json:
        around.terminal.json(findings.to_dict())
    else:
        around.terminal.painted(pair_lines(pairs(findings, around.say), around.terminal))
    if findings.problems is None:
        return NOTHING
    for problem in findings.problems:
        around.terminal.talk(around.say("doctor.problem", problem=problem_text(problem, around.say)))
    return ERROR if findings.problems else FOUND
