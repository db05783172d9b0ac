"""Recoll's indexer, in as many threads as it chooses."""

import os
import pathlib

from ..measuring import Cost, measure
from . import omega


def index(documents: pathlib.Path, folder: pathlib.Path, log: pathlib.Path) -> Cost:
    folder.mkdir(parents=True)
    # The priority of all the others instead of a lower one of its own.
    (folder / "recoll.conf").write_text(
        f"topdirs = {documents}\nindexStemmingLanguages = english\nidxniceprio = {os.nice(0)}\nloglevel = 2\n"
    )
    return measure(["recollindex", "-c", folder, "-z"], log, env={"RECOLL_CONFDIR": str(folder)})


def database(folder: pathlib.Path) -> pathlib.Path:
    return folder / "xapiandb"


def count(folder: pathlib.Path, log: pathlib.Path) -> int:
    return omega.count(database(folder), log)
