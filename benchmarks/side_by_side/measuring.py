"""What a program costs: wall clock, CPU and memory of all its processes."""

import os
import pathlib
import subprocess
import threading
import time
from dataclasses import asdict, dataclass

LOOK_EVERY = 0.1  # seconds between two looks at the memory


class Failed(Exception):
    """A program that is measured did not do its work; the text is a sentence for people."""


@dataclass
class Cost:
    """Of one run with all its processes. `peak` is the highest sum of their proportional memory (PSS), bytes."""

    wall: float
    cpu: float
    peak: int

    def as_dict(self) -> dict:
        return asdict(self)


def _processes_of(session: int):
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            stat = pathlib.Path(entry.path, "stat").read_text()
        except OSError:
            continue  # it has ended
        if int(stat.rpartition(")")[2].split()[3]) == session:
            yield pathlib.Path(entry.path)


def _memory_of(session: int) -> int:
    total = 0
    for process in _processes_of(session):
        try:
            for line in (process / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
        except OSError:
            pass
    return total


class _MemoryWatch(threading.Thread):
    def __init__(self, session: int):
        super().__init__(daemon=True)
        self.session, self.peak, self.ended = session, 0, threading.Event()

    def run(self):
        while not self.ended.wait(LOOK_EVERY):
            self.peak = max(self.peak, _memory_of(self.session))


def measure(command, log: pathlib.Path, *, env=None, stdin=None, stdout=None, accept=(0,)) -> Cost:
    """Runs `command` (a list) to its end. What it prints goes to `log`, or its output to the file `stdout`.

    CPU is that of all processes that were waited for. Raises Failed when it ends with a code not in `accept`."""
    with open(log, "ab") as err, open(stdout or log, "ab") as out:
        start = time.monotonic()
        child = subprocess.Popen(
            [str(word) for word in command],
            stdin=open(stdin, "rb") if stdin else subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
            start_new_session=True,
        )
        watch = _MemoryWatch(child.pid)
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        watch.ended.set()
        watch.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in accept:
        raise Failed(f"{command[0]} ended with {child.returncode}; what it said is in {log}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, watch.peak)


def output_of(command, log: pathlib.Path, *, accept=(0,)) -> str:
    """What `command` prints on its standard output; raises Failed."""
    with open(log, "ab") as err:
        done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=err, check=False)
    if done.returncode not in accept:
        raise Failed(f"{command[0]} ended with {done.returncode}; what it said is in {log}")
    return done.stdout.decode()


def bytes_of(path: pathlib.Path) -> int:
    """Of all files below `path`."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file() and not file.is_symlink())


def read_once(path: pathlib.Path) -> None:
    """Brings all files below `path` into the system's memory, so that the first program has no more to do."""
    for file in sorted(path.rglob("*")):
        if file.is_file():
            with open(file, "rb") as stream:
                while stream.read(1 << 20):
                    pass
