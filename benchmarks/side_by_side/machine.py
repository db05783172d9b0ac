"""Where a run took place."""

import os
import pathlib
import platform
import subprocess

PROGRAM_PACKAGES = [
    "g++", "libxapian30", "libpoppler126", "poppler-utils", "mupdf-tools", "xapian-omega", "recollcmd",
    "liblucene8-java", "openjdk-17-jre-headless", "libsqlite3-0", "groonga-bin", "lighttpd", "python3",
]  # fmt: skip


def _first_line_with(file: str, word: str) -> str:
    for line in pathlib.Path(file).read_text().splitlines():
        if line.startswith(word):
            return line.partition(":")[2].strip()
    return "?"


def describe_machine() -> dict[str, str]:
    memory = int(_first_line_with("/proc/meminfo", "MemTotal").split()[0]) / (1 << 20)
    return {
        "processor": f"{_first_line_with('/proc/cpuinfo', 'model name')}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GiB",
        "system": f"{_os_name()}, Linux {platform.release()}",
        "load before the run": " ".join(f"{load:.2f}" for load in os.getloadavg()),
    }


def _os_name() -> str:
    for line in pathlib.Path("/etc/os-release").read_text().splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.partition("=")[2].strip('"')
    return platform.system()


def installed_versions() -> dict[str, str]:
    """Versions of the packages whose programs take part; those not installed are left out."""
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status} ${Version}\n", *PROGRAM_PACKAGES],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    versions = {}
    for line in asked.stdout.splitlines():
        name, status, version = line.split(" ", 2)
        if status == "installed":
            versions[name] = version
    return versions
