"""Omega: omindex reads documents, its CGI program answers behind lighttpd."""

import contextlib
import pathlib
import socket
import subprocess
import time

from ..measuring import Cost, Failed, measure, output_of

CGI = pathlib.Path("/usr/lib/cgi-bin/omega/omega")


def index(documents: pathlib.Path, database: pathlib.Path, log: pathlib.Path) -> Cost:
    return measure(["omindex", "--db", database, "--url", "/", documents], log)


def count(database: pathlib.Path, log: pathlib.Path) -> int:
    """Documents in a Xapian database."""
    for line in output_of(["xapian-delve", database], log).splitlines():
        if line.startswith("number of documents"):
            return int(line.rpartition("=")[2])
    raise Failed(f"xapian-delve does not say how many documents {database} has")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise Failed(f"{process.args[0]} does not listen on port {port}")


@contextlib.contextmanager
def serving(database: pathlib.Path, folder: pathlib.Path, log: pathlib.Path):
    """lighttpd with Omega on the database; gives the port. /omega?P=words answers with Omega's own template."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    omega = folder / "omega.conf"
    omega.write_text(
        f"database_dir {database.parent}\ntemplate_dir /usr/share/xapian-omega/templates\n"
        f"log_dir {folder}\ncdb_dir {folder}\ndefault_db {database.name}\n"
    )
    web = folder / "lighttpd.conf"
    web.write_text(
        f'server.document-root = "{folder}"\nserver.port = {port}\nserver.bind = "127.0.0.1"\n'
        'server.modules = ("mod_alias", "mod_setenv", "mod_cgi")\n'
        f'alias.url = ("/omega" => "{CGI}")\n'
        f'setenv.set-environment = ("OMEGA_CONFIG_FILE" => "{omega}")\n'
        'cgi.assign = ("omega" => "")\nserver.max-keep-alive-requests = 1000000\n'
    )
    with open(log, "ab") as out:
        server = subprocess.Popen(["lighttpd", "-D", "-f", str(web)], stdout=out, stderr=out)
        try:
            wait_for(port, server)
            yield port
        finally:
            server.terminate()
            server.wait()
