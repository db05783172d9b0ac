"""Answers over HTTP: what the way there adds, and how many a second, against Omega behind lighttpd."""

import json

from .. import daemon
from ..measuring import output_of
from ..peers import omega
from ..result import Chart, Result, Table
from . import answers, pages
from .costs import time_row

CONNECTIONS = 4
OMEGA_TARGET = "/omega?P={}&DEFAULTOP=and&HITSPERPAGE=10"


def ask(place, port: int, target: str, queries, connections: int, rounds: int) -> dict:
    command = [place.program("ask-over-http"), "--connections", connections, "--rounds", rounds,
               f"127.0.0.1:{port}", target, queries]  # fmt: skip
    return json.loads(output_of(command, place.log))


def run(place) -> Result:
    queries, rounds = place.queries(), place.sizes.rounds
    index = answers.index(place, "carrel-text")
    with daemon.serving(place, index, cache_mib=0) as server:
        # In turn, because a machine's clock drifts by more than what is measured; the pair in the middle counts.
        pairs = [(ask(place, server.port, daemon.TARGET, queries, 1, 1), answers.ask(place, index, queries, 1))
                 for _ in range(2 * rounds - 1)]  # fmt: skip
        pairs.sort(key=lambda pair: pair[0]["latency"]["p50"] / pair[1]["whole"]["p50"])
        single, library = pairs[rounds - 1]
        many = ask(place, server.port, daemon.TARGET, queries, CONNECTIONS, rounds)
    with daemon.serving(place, index, cache_mib=64) as server:
        remembered = ask(place, server.port, daemon.TARGET, queries, CONNECTIONS, rounds)
    omega_index = place.index("omega-pages", lambda path: pages.build_omega(place, path))
    with omega.serving(omega_index, place.folder / "omega", place.log) as port:
        omega_single = ask(place, port, OMEGA_TARGET, queries, 1, 1)
        omega_many = ask(place, port, OMEGA_TARGET, queries, CONNECTIONS, 1)

    result = Result("http", "Answers over HTTP")
    table = Table("", ["", "answers a second", "mean ms", "p50 ms", "p95 ms", "p99 ms", "bytes an answer"])
    for name, asked in [
        ("Carrel, one connection", single),
        (f"Carrel, {CONNECTIONS} connections", many),
        (f"Carrel, {CONNECTIONS} connections, answers remembered", remembered),
        ("Omega as CGI of lighttpd, one connection", omega_single),
        (f"Omega as CGI of lighttpd, {CONNECTIONS} connections", omega_many),
    ]:
        times = time_row(name, asked["latency"])
        table.rows.append([name, f"{asked['per_second']:.0f}", *times[1:], asked["bytes"] // asked["answers"]])
    table.rows.append(["Carrel in the library, no HTTP, no JSON", "", *time_row("", library["whole"])[1:], ""])
    result.tables.append(table)
    result.notes.append(
        "Carrel answers from the ready text of the same pages that omindex has read; its memory of answers is switched "
        "off but in one row. Who asks runs on the same cores. Omega's page has one sample a hit and no facets."
    )
    result.charts.append(
        Chart("bars", f"Answers a second over HTTP, {CONNECTIONS} connections", "a second",
              {"Carrel": many["per_second"], "Omega, CGI": omega_many["per_second"]})
    )  # fmt: skip
    result.ratios = {
        "http-library": single["latency"]["p50"] / library["whole"]["p50"],
        "http-omega": many["per_second"] / omega_many["per_second"],
    }
    return result
