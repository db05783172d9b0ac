"""Where a run works: the programs that are measured, the inputs, and what the parts share."""

import json
import pathlib
import shutil
import subprocess

from .documents import Documents
from .measuring import Failed, output_of
from .sizes import Sizes

PROJECT = pathlib.Path(__file__).resolve().parents[2]
TARGETS = ["carrel-index", "carrel-search", "carrel-server", "extract-folder", "make-lines", "index-lines", "ask",
           "ask-over-http", "hot-functions"]  # fmt: skip


class Workplace:
    def __init__(self, folder: pathlib.Path, build: pathlib.Path, sizes: Sizes):
        self.folder, self.build, self.sizes = folder.resolve(), build.resolve(), sizes
        self.inputs = self.folder / "inputs"
        self.indexes = self.folder / "indexes"
        self.log = self.folder / "log.txt"
        self.documents = Documents(self.folder / "packages")
        for part in (self.inputs, self.indexes):
            part.mkdir(parents=True, exist_ok=True)

    # Programs

    def make_programs(self) -> None:
        if not (self.build / "CMakeCache.txt").exists():
            self._cmake(["--preset", "release", "-DCARREL_BENCHMARKS=ON", "-B", self.build])
        self.refuse_debug_build()
        self._cmake(["-DCARREL_BENCHMARKS=ON", self.build])
        self._cmake(["--build", self.build, "--target", *TARGETS])

    def build_type(self) -> str:
        for line in (self.build / "CMakeCache.txt").read_text().splitlines():
            if line.startswith("CMAKE_BUILD_TYPE:"):
                return line.partition("=")[2] or "none"
        return "none"

    def refuse_debug_build(self) -> None:
        kind = self.build_type()
        if kind not in ("Release", "RelWithDebInfo"):
            raise Failed(
                f"{self.build} is a build of type {kind}: its times say nothing. Name a release build with --build"
            )

    def _cmake(self, words) -> None:
        with open(self.log, "ab") as log:
            done = subprocess.run(["cmake", *words], cwd=PROJECT, stdout=log, stderr=log, check=False)
        if done.returncode != 0:
            raise Failed(f"building failed; what cmake said is in {self.log}")

    def program(self, name: str) -> pathlib.Path:
        folders = {"carrel-index": "indexer", "carrel-search": "search", "carrel-server": "query-server"}
        return self.build / folders.get(name, "benchmarks") / name

    # Inputs

    def pdfs(self) -> pathlib.Path:
        folder = self.inputs / f"pdf-{self.sizes.pdfs}"
        self.documents.choose("pdf", self.sizes.pdfs, folder)
        return folder

    def pages(self) -> pathlib.Path:
        folder = self.inputs / f"html-{self.sizes.pages}"
        self.documents.choose("html", self.sizes.pages, folder)
        return folder

    def ready_text(self) -> pathlib.Path:
        """The text of the HTML pages as JSON Lines; queries for it lie beside it."""
        from .ready_text import write_ready_text

        folder = self.inputs / f"text-{self.sizes.pages}"
        file = folder / "lines.jsonl"
        if not file.exists():
            write_ready_text(self, self.pages(), folder)
        return file

    def queries(self) -> pathlib.Path:
        from .ready_text import write_queries

        lines = self.ready_text()
        file = lines.with_name(f"queries-{self.sizes.queries}.txt")
        if not file.exists():
            write_queries(lines, self.sizes.queries, file)
        return file

    def made_library(self, size: int) -> pathlib.Path:
        folder = self.inputs / f"made-{size}"
        if not (folder / "queries-growing.txt").exists():
            output_of([self.program("make-lines"), size, folder], self.log)
        return folder

    # Indexes

    def new_index(self, name: str) -> pathlib.Path:
        """A place for an index; what was there is removed."""
        path = self.indexes / name
        shutil.rmtree(path, ignore_errors=True)
        path.unlink(missing_ok=True)
        return path

    def index(self, name: str, build) -> pathlib.Path:
        """The index of this name, built by `build(path)` when no earlier part has made it of these sizes."""
        path, stamp = self.indexes / name, self.indexes / f"{name}.stamp"
        wanted = json.dumps([self.sizes.pdfs, self.sizes.pages])
        if not path.exists() or not stamp.exists() or stamp.read_text() != wanted:
            build(self.new_index(name))
            self.stamp(name)
        return path

    def stamp(self, name: str) -> None:
        (self.indexes / f"{name}.stamp").write_text(json.dumps([self.sizes.pdfs, self.sizes.pages]))

    def tidy(self) -> None:
        """Removes inputs and indexes; packages, results and the log stay."""
        shutil.rmtree(self.inputs, ignore_errors=True)
        shutil.rmtree(self.indexes, ignore_errors=True)
