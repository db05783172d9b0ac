"""carrel-server at work."""

import contextlib
import pathlib
import subprocess

from .peers.omega import free_port, wait_for

TARGET = "/v1/search?q={}&limit=10&passages=3&facets=type,topic,audience,jurisdiction,publisher"


class Daemon:
    def __init__(self, process: subprocess.Popen, port: int):
        self.process, self.port = process, port

    def own_memory(self) -> int:
        """Bytes of its own: without what it has mapped of files, which is the page cache."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
        return 0


@contextlib.contextmanager
def serving(place, index, cache_mib: int):
    """carrel-server on an index, searching in two threads."""
    port = free_port()
    settings = place.folder / "server.toml"
    settings.write_text(
        f'index = "{index}"\nlisten = ["127.0.0.1:{port}"]\n[search]\nthreads = 2\ncache_mib = {cache_mib}\n'
    )
    with open(place.log, "ab") as log:
        process = subprocess.Popen([place.program("carrel-server"), "--config", settings], stdout=log, stderr=log)
        try:
            wait_for(port, process)
            yield Daemon(process, port)
        finally:
            process.terminate()
            process.wait()
