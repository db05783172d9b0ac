#!/usr/bin/env python3
"""Compares the text that Carrel finds in PDFs with that of pdftotext, page by page, and what both cost.

Usage: benchmarks/pdf_text.py --build BUILD FOLDER

BUILD is a release build with benchmarks (extract-folder, carrel-index). Words are bags of \\w+ after NFKC, lower
case. Prints precision, recall and F1 over all pages that either of the two found text on, the words that make
most of the difference, the pages that differ most, and the CPU seconds of extract-folder, of
`carrel-index update` (a whole index, --jobs 1) and of pdftotext on the same files in the same run.
"""
import argparse
import collections
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import unicodedata


def cpu_of_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(command):
    """Output and CPU seconds of a command."""
    before = cpu_of_children()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return done, cpu_of_children() - before


def words(text):
    return collections.Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower()))


def read_list(path):
    """path, reason, hash of each file, as extract-folder --list writes them."""
    with open(path, encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) >= 3:
                yield parts[0], parts[1], parts[2]


class Comparison:
    def __init__(self):
        self.both = self.ours = self.theirs = 0
        self.only_ours = collections.Counter()
        self.only_theirs = collections.Counter()
        self.pages = []

    def add(self, name, number, ours, theirs):
        common = sum((ours & theirs).values())
        self.both += common
        self.ours += sum(ours.values())
        self.theirs += sum(theirs.values())
        self.only_ours.update(ours - theirs)
        self.only_theirs.update(theirs - ours)
        total = sum(ours.values()) + sum(theirs.values())
        if total:
            self.pages.append((2 * common / total, total, name, number))

    def show(self, show_pages):
        precision = self.both / max(self.ours, 1)
        recall = self.both / max(self.theirs, 1)
        f1 = 2 * self.both / max(self.ours + self.theirs, 1)
        mean = sum(page[0] for page in self.pages) / max(len(self.pages), 1)
        print(f"pages {len(self.pages)}: precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}, "
              f"mean of the pages' F1 {mean:.4f}")
        print("only ours:  ", self.only_ours.most_common(12))
        print("only theirs:", self.only_theirs.most_common(12))
        for f1, total, name, number in sorted(self.pages)[:show_pages]:
            print(f"  {f1:.3f} of {total} words: {name} page {number}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--pages", type=int, default=10, help="how many of the pages that differ most to show")
    parser.add_argument("--rounds", type=int, default=3, help="the CPU seconds are the least of so many runs")
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        # The same files for all: the PDFs alone, by links with plain names.
        source = scratch / "pdf"
        source.mkdir()
        names = {}
        for path in sorted(options.folder.rglob("*")):
            if path.is_file() and b"%PDF-" in path.open("rb").read(1024):
                link = source / f"{len(names):05}.pdf"
                os.link(path, link) if path.stat().st_dev == scratch.stat().st_dev else link.write_bytes(path.read_bytes())
                names[str(link)] = str(path.relative_to(options.folder))
        extract = [str(options.build / "benchmarks/extract-folder"), "--workers", "1"]
        cost = collections.defaultdict(list)
        for round_number in range(options.rounds):
            command = extract + ([] if round_number else ["--text", str(scratch / "text"), "--list", str(scratch / "list")])
            done, cpu = run(command + [str(source)])
            if done.returncode != 0:
                sys.exit(done.stderr.decode(errors="replace"))
            cost["extract-folder"].append(cpu)
            done, cpu = run([str(options.build / "indexer/carrel-index"), "update", "--index",
                             str(scratch / f"index{round_number}"), "--jobs", "1", "--progress", "none", str(source)])
            if done.returncode not in (0, 1):
                sys.exit(done.stderr.decode(errors="replace"))
            cost["carrel-index update"].append(cpu)
            total = 0
            for link in names:
                done, cpu = run(["timeout", "60", "pdftotext", link, "-"])
                total += cpu
                if round_number == 0:
                    pathlib.Path(link + ".txt").write_bytes(done.stdout)
            cost["pdftotext"].append(total)
            for link in names:  # not to be indexed in the next round
                text = pathlib.Path(link + ".txt")
                if text.exists():
                    text.rename(scratch / (pathlib.Path(link).stem + ".txt"))

        comparison = Comparison()
        read = 0
        for link, reason, digest in read_list(scratch / "list"):
            if not reason.startswith("ok"):
                continue
            read += 1
            ours = (scratch / "text" / (digest + ".txt")).read_text(encoding="utf-8", errors="replace").split("\f")
            theirs = (scratch / (pathlib.Path(link).stem + ".txt")).read_text(encoding="utf-8", errors="replace").split("\f")
            for number in range(max(len(ours), len(theirs))):
                comparison.add(names[link], number + 1, words(ours[number] if number < len(ours) else ""),
                               words(theirs[number] if number < len(theirs) else ""))
        print(f"{len(names)} PDFs, {read} read")
        comparison.show(options.pages)
        reference = min(cost["pdftotext"])
        for what, seconds in cost.items():
            print(f"CPU {what:<20} {min(seconds):7.2f} s  {min(seconds) / reference:5.2f} of pdftotext")


if __name__ == "__main__":
    main()
