"""The command: what it is asked, and the order in which things happen."""

import argparse
import datetime
import pathlib
import subprocess
import sys
import time
from dataclasses import asdict

from .machine import describe_machine, installed_versions
from .measuring import Failed
from .parts import answers, functions, growth, http, pages, pdf, text, update
from .report import write_report
from .result import load_results
from .sizes import parse_sizes
from .workplace import PROJECT, Workplace

PARTS = {
    "pdf": pdf, "pages": pages, "text": text, "answers": answers, "http": http, "update": update, "growth": growth,
    "functions": functions,
}  # fmt: skip

HELP = """Measures Carrel beside pdftotext, mutool, omindex, recollindex, Lucene 8, SQLite FTS5, Groonga and Omega on the
same files, and writes one report with ratios. Installs those programs (needs root or sudo), downloads Debian's documentation
packages as input, builds Carrel's release preset. Nothing else should run meanwhile."""


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/run", description=HELP)
    parser.add_argument("--only", metavar="PART", action="append", choices=list(PARTS), default=[],
                        help=f"measure this part alone, may be repeated: {', '.join(PARTS)}; the report has also what was measured before")
    parser.add_argument("--size", metavar="SIZE", default="default",
                        help="small (a minute, shows that all works), default (a quarter of an hour), large (a million resources, "
                             "hours), or NAME=NUMBER,…: pdfs, pages, files, growth, queries, rounds")
    parser.add_argument("--build", metavar="DIR", type=pathlib.Path, default=PROJECT / "build" / "release",
                        help="a release build [build/release]")
    parser.add_argument("--work", metavar="DIR", type=pathlib.Path, default=PROJECT / "build" / "side-by-side",
                        help="where everything is put, some gigabytes [build/side-by-side]; the report is report/report.md in it")
    parser.add_argument("--keep", action="store_true", help="keep inputs and indexes, so that the next run makes them not anew")
    parser.add_argument("--no-install", action="store_true", help="do not look at packages")
    parser.add_argument("--prepare", action="store_true", help="install, build and make the inputs, and measure nothing")
    arguments = parser.parse_args(words)
    try:
        arguments.sizes = parse_sizes(arguments.size)
    except ValueError as error:
        parser.error(str(error))
    return arguments


def _say(text: str) -> None:
    print(text, flush=True)


def _prepare(place: Workplace, parts: list[str]) -> None:
    """Makes the inputs, so that nothing is downloaded or made up while a program is measured."""
    if "pdf" in parts:
        place.pdfs()
    if {"pages", "text", "answers", "http"} & set(parts):
        place.pages()
    if {"text", "answers", "http"} & set(parts):
        place.queries()
    if "growth" in parts:
        for size in growth.sizes_up_to(place.sizes.growth):
            place.made_library(size)


def _run(arguments: argparse.Namespace) -> int:
    place = Workplace(arguments.work, arguments.build, arguments.sizes)
    parts = [part for part in PARTS if not arguments.only or part in arguments.only]
    surroundings = {"machine": describe_machine(), "sizes": asdict(arguments.sizes)}
    if not arguments.no_install:
        lists = [PROJECT / "packaging" / name for name in ("apt-packages.txt", "apt-packages-benchmarks.txt")]
        subprocess.run([PROJECT / "packaging" / "install-packages", *lists], check=True)
    _say("Building the programs that are measured")
    place.make_programs()
    _say("Making the inputs")
    _prepare(place, parts)
    if arguments.prepare:
        return 0
    results_folder = place.folder / "results"
    failed = 0
    for part in parts:
        start = time.monotonic()
        try:
            result = PARTS[part].run(place)
        except Failed as error:
            failed += 1
            print(f"benchmarks/run: {part} is not measured: {error}", file=sys.stderr)
            continue
        result.notes.append(f"Measured {datetime.datetime.now():%Y-%m-%d %H:%M} at {_revision()} ({arguments.size}).")
        result.save(results_folder)
        _say(f"{part}: {time.monotonic() - start:.0f} s")
    surroundings["Carrel"] = {"build type": place.build_type(), "revision": _revision()}
    surroundings["packages"] = installed_versions()
    surroundings["documents from"] = dict(place.documents.as_found())
    report = write_report(place.folder / "report", load_results(results_folder, list(PARTS)), surroundings, place.documents.notes)
    if not arguments.keep:
        place.tidy()
    _say(f"The report: {report}")
    return 1 if failed else 0


def _revision() -> str:
    asked = subprocess.run(["git", "-C", PROJECT, "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or "unknown"


def main(words: list[str] | None = None) -> int:
    arguments = _arguments(sys.argv[1:] if words is None else words)
    try:
        return _run(arguments)
    except Failed as failed:
        print(f"benchmarks/run: {failed}", file=sys.stderr)
    except subprocess.CalledProcessError as failed:
        print(f"benchmarks/run: {failed.cmd[0]} ended with {failed.returncode}; its own words stand above", file=sys.stderr)
    except KeyboardInterrupt:
        print("benchmarks/run: interrupted; what was measured is kept", file=sys.stderr)
        return 130
    return 1
