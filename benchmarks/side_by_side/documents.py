"""Real documents to measure with: files of Debian's documentation packages."""

import gzip
import hashlib
import pathlib
import shutil
import subprocess
from dataclasses import dataclass

from .measuring import Failed

LIST = pathlib.Path(__file__).with_name("documents.txt")
SMALLEST_PAGE = 1_500  # bytes: smaller HTML files of these packages only lead elsewhere


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    kind: str  # "pdf" or "html"


def listed_packages() -> list[Package]:
    rows = [line.split("#")[0].split() for line in LIST.read_text().splitlines()]
    return [Package(*row) for row in rows if row]


class Documents:
    """Downloads and unpacks once, below `folder`; `notes` tells what was not as listed."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.notes: list[str] = []

    def choose(self, kind: str, count: int, destination: pathlib.Path) -> int:
        """Copies `count` files of a kind to `destination`, always the same ones; returns how many there are."""
        if destination.exists():
            return sum(1 for file in destination.rglob("*") if file.is_file())
        chosen = {}
        for package in listed_packages():
            if package.kind != kind:
                continue
            root = self._unpacked(package)
            for file in root.rglob("*"):
                if file.is_symlink() or not file.is_file():
                    continue
                name = file.name.lower().removesuffix(".gz")
                if not name.endswith("." + kind):
                    continue
                relative = f"{package.name}/{file.relative_to(root)}".removesuffix(".gz")
                chosen[hashlib.sha256(relative.encode()).hexdigest()] = (relative, file)
        unfinished = destination.with_name(destination.name + ".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        seen, copied = set(), 0
        for _, (relative, file) in sorted(chosen.items()):
            if copied == count:
                break
            content = gzip.decompress(file.read_bytes()) if file.name.endswith(".gz") else file.read_bytes()
            digest = hashlib.sha256(content).digest()
            if digest in seen or (kind == "html" and len(content) < SMALLEST_PAGE):
                continue
            seen.add(digest)
            target = unfinished / relative.replace("usr/share/doc/", "")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            copied += 1
        if copied == 0:
            raise Failed(f"the packages of {LIST.name} have no {kind} files")
        unfinished.rename(destination)
        return copied

    def _unpacked(self, package: Package) -> pathlib.Path:
        root = self.folder / f"{package.name}-{package.kind}"
        if not root.exists():
            archive = self._downloaded(package)
            unfinished = root.with_name(root.name + ".part")
            shutil.rmtree(unfinished, ignore_errors=True)
            subprocess.run(["dpkg-deb", "-x", archive, unfinished], check=True)
            unfinished.rename(root)
        return root

    def _downloaded(self, package: Package) -> pathlib.Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        for wanted in (f"{package.name}={package.version}", package.name):
            here = sorted(self.folder.glob(f"{package.name}_*.deb"))
            if here:
                return here[-1]
            subprocess.run(["apt-get", "download", "-q", wanted], cwd=self.folder, check=False,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        here = sorted(self.folder.glob(f"{package.name}_*.deb"))
        if not here:
            raise Failed(f"apt cannot download {package.name}; are its lists up to date (apt-get update)?")
        return here[-1]

    def as_found(self) -> list[tuple[str, str]]:
        """Package and version of each that was used; notes where the version is not the listed one."""
        found = []
        for package in listed_packages():
            for archive in sorted(self.folder.glob(f"{package.name}_*.deb"))[-1:]:
                version = subprocess.run(["dpkg-deb", "-f", archive, "Version"], capture_output=True, text=True,
                                         check=True).stdout.strip()  # fmt: skip
                found.append((package.name, version))
                if version != package.version:
                    self.notes.append(f"{package.name} is {version}; listed is {package.version}.")
        return found
