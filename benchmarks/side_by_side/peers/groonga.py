"""Groonga: one process that reads commands and answers in JSON."""

import json
import pathlib
import subprocess
import time

from ..measuring import Cost, Failed, measure

FACETS = ["type", "topic", "audience", "jurisdiction", "publisher"]


def _schema() -> str:
    commands = ["table_create Documents TABLE_HASH_KEY ShortText"]
    for field in FACETS:
        flags = "COLUMN_VECTOR" if field == "topic" else "COLUMN_SCALAR"
        commands += [f"table_create Values_{field} TABLE_PAT_KEY ShortText",
                     f"column_create Documents {field} {flags} Values_{field}"]  # fmt: skip
    commands += [
        "column_create Documents title COLUMN_SCALAR ShortText",
        "column_create Documents text COLUMN_SCALAR LongText",
        "table_create Words TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto",
        "column_create Words places COLUMN_INDEX|WITH_POSITION|WITH_SECTION Documents title,text",
    ]
    return "\n".join(commands) + "\n"


def write_load(lines: pathlib.Path, file: pathlib.Path) -> None:
    """The commands that load ready text."""
    with open(lines, encoding="utf-8") as stream, open(file, "w", encoding="utf-8") as out:
        out.write(_schema() + "load --table Documents\n[\n")
        for number, line in enumerate(stream):
            one = json.loads(line)
            row = {"_key": one["id"], "title": one["title"], "text": one["text"], **{field: one[field] for field in FACETS}}
            out.write(("," if number else "") + json.dumps(row, ensure_ascii=False) + "\n")
        out.write("]\n")


def index(load: pathlib.Path, database: pathlib.Path, log: pathlib.Path) -> Cost:
    database.mkdir(parents=True)
    return measure(["groonga", "-n", database / "db"], log, stdin=load)


def search(database: pathlib.Path, queries: list[str], rounds: int, log: pathlib.Path) -> dict:
    """Milliseconds of whole answers: the total, ten hits with passages, five facets."""
    times, total = [], 0
    with open(log, "ab") as err:
        asked = subprocess.Popen(["groonga", str(database / "db")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=err)
        for round_number in range(rounds + 1):
            for query in queries:
                command = (
                    f'select Documents --match_columns "title*3||text" --query "{query}" --sort_keys -_score'
                    ' --output_columns "_key,title,snippet_html(text)" --limit 10'
                    f" --drilldown {','.join(FACETS)} --drilldown_limit 20 --drilldown_sort_keys -_nsubrecs\n"
                )
                start = time.perf_counter()
                asked.stdin.write(command.encode())
                asked.stdin.flush()
                answer = asked.stdout.readline()
                if round_number > 0:
                    times.append((time.perf_counter() - start) * 1000)
                    continue
                head, body = json.loads(answer)
                if head[0] != 0:
                    raise Failed(f"groonga: {head[3]}")
                total += body[0][0][0]
        asked.stdin.close()
        asked.wait()
    return {"total": total, "times": times}
