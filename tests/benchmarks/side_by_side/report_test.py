"""Tests of what makes the report of benchmarks/run: a wrong ruler would make every figure wrong."""

import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "benchmarks"))

from side_by_side import measuring, plots, timing  # noqa: E402
from side_by_side.bars import BARS, BY_KEY  # noqa: E402
from side_by_side.documents import listed_packages  # noqa: E402
from side_by_side.parts.growth import exponent, sizes_up_to  # noqa: E402
from side_by_side.report import write_report  # noqa: E402
from side_by_side.result import Chart, Result, Table, load_results  # noqa: E402
from side_by_side.sizes import parse_sizes  # noqa: E402
from side_by_side.workplace import Workplace  # noqa: E402


class ReportTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_a_bar_says_by_how_much_it_is_missed(self):
        self.assertEqual(BY_KEY["facets"].verdict(1.25), "met")
        self.assertEqual(BY_KEY["facets"].verdict(1.5), "missed by 20%")
        self.assertEqual(BY_KEY["http-omega"].verdict(12), "met")
        self.assertEqual(BY_KEY["http-omega"].verdict(5), "missed: 50% of it")

    def test_the_report_has_every_bar_and_every_plot(self):
        result = Result("text", "Ready text", [Table("t", ["a", "b"], [["x", 1]])],
                        [Chart("bars", "Wall <time>", "s", {"Carrel": 1.0, "Lucene 8": 2.0}),
                         Chart("lines", "Growth", "s", {"build s": [[10, 0.5], [100, 7.0]]})], {"text-lucene": 1.7}, ["note"])  # fmt: skip
        result.save(self.folder / "results")
        results = load_results(self.folder / "results", ["pdf", "text"])
        self.assertEqual(results, [result])
        text = write_report(self.folder / "report", results, {"machine": {"memory": "1 GiB"}}, ["old"]).read_text()
        self.assertEqual(text.count("not measured"), len(BARS) - 1)
        self.assertIn("| 1.70 | missed by 13% |", text)
        for number in (1, 2):
            self.assertIn(f"(text-{number}.svg)", text)
            self.assertTrue((self.folder / "report" / f"text-{number}.svg").read_text().startswith("<svg"))
        self.assertIn("Wall &lt;time&gt;", plots.draw(results[0].charts[0]))

    def test_sizes_are_named_or_counted(self):
        self.assertEqual(parse_sizes("small,pdfs=20").pdfs, 20)
        self.assertEqual(parse_sizes("default").files, 50_000)
        for wrong in ("huge", "pdfs=0", "pdfs=many", "planes=3", ""):
            with self.assertRaises(ValueError):
                parse_sizes(wrong)

    def test_growth_is_the_slope_between_logarithms(self):
        self.assertEqual(sizes_up_to(100_000), [1_000, 10_000, 100_000])
        self.assertAlmostEqual(exponent([[10, 3], [100, 30], [1000, 300]]), 1)
        self.assertAlmostEqual(exponent([[10, 5], [1000, 5]]), 0)

    def test_percentiles_are_durations_that_were_measured(self):
        times = timing.summary([float(number) for number in range(100, 0, -1)])
        self.assertEqual((times["p50"], times["p95"], times["p99"], times["mean"]), (50, 95, 99, 50.5))
        self.assertEqual(timing.summary([4.0])["p99"], 4)

    def test_a_program_is_measured_with_its_children(self):
        busy = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = bytearray(64 << 20); sum(range(10**7))'])"
        cost = measuring.measure([sys.executable, "-c", busy], self.folder / "log")
        self.assertGreater(cost.cpu, 0.05)
        self.assertGreater(cost.peak, 50 << 20)
        with self.assertRaises(measuring.Failed):
            measuring.measure(["false"], self.folder / "log")

    def test_a_debug_build_is_refused(self):
        (self.folder / "CMakeCache.txt").write_text("CMAKE_BUILD_TYPE:STRING=Debug\n")
        place = Workplace(self.folder / "work", self.folder, parse_sizes("small"))
        with self.assertRaisesRegex(measuring.Failed, "build of type Debug"):
            place.refuse_debug_build()
        (self.folder / "CMakeCache.txt").write_text("CMAKE_BUILD_TYPE:STRING=Release\n")
        place.refuse_debug_build()

    def test_documents_are_named_with_versions(self):
        packages = listed_packages()
        self.assertEqual({package.kind for package in packages}, {"pdf", "html"})
        self.assertTrue(all(any(c.isdigit() for c in package.version) for package in packages))


if __name__ == "__main__":
    unittest.main()
