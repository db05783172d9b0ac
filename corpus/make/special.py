"""Files that cannot be read as usual: a scan without text, a locked PDF, a damaged one.

Each begins as a source like all others and is typeset like them; what is done afterwards is here."""

import io
import subprocess
import tempfile
from pathlib import Path

import numpy
import pydyf
from PIL import Image, ImageFilter

from typeset import pack, qpdf


def _read(command, path, *more):
    """Runs a tool of Poppler that reads `path` and writes to its standard output."""
    return subprocess.run([command, *more, str(path), "-"], capture_output=True)


def scan(data, seed):
    """The pages as a grey scan of 150 dots an inch, a little crooked and noisy, without any text."""
    random = numpy.random.default_rng(seed)
    pdf = pydyf.PDF()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "clean.pdf")
        path.write_bytes(data)
        subprocess.run(["pdftoppm", "-r", "150", "-gray", str(path), f"{folder}/page"], check=True)
        for number, file in enumerate(sorted(Path(folder).glob("page*.pgm"))):
            clean = Image.open(file)
            turned = clean.rotate((0.55, -0.4)[number % 2], Image.BICUBIC, fillcolor=247).filter(
                ImageFilter.GaussianBlur(0.5))
            grey = numpy.asarray(turned, dtype=numpy.float32) * 0.9 + 18
            height, width = grey.shape
            grey -= 14 * numpy.exp(-numpy.arange(width) / 60.0)[None, :]           # the shadow of the fold
            grey += random.normal(0, 2.2, grey.shape)
            for _ in range(40):                                                    # specks of dust
                y, x = int(random.integers(0, height - 3)), int(random.integers(0, width - 3))
                grey[y:y + 2, x:x + 2] -= 90
            out = io.BytesIO()
            Image.fromarray(numpy.clip(grey, 0, 255).astype(numpy.uint8)).save(out, "JPEG", quality=42)
            image = pydyf.Stream([out.getvalue()], {
                "Type": "/XObject", "Subtype": "/Image", "Width": width, "Height": height, "ColorSpace": "/DeviceGray",
                "BitsPerComponent": 8, "Filter": "/DCTDecode"})
            draw = pydyf.Stream([b"q 612 0 0 792 0 0 cm /Scan Do Q"])
            pdf.add_object(image)
            pdf.add_object(draw)
            pdf.add_page(pydyf.Dictionary({
                "Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": pydyf.Array([0, 0, 612, 792]),
                "Contents": draw.reference, "Resources": pydyf.Dictionary({
                    "XObject": pydyf.Dictionary({"Scan": image.reference})})}))
    pdf.info["Title"] = pydyf.String("Scan_20140311_0902.pdf")
    pdf.info["Creator"] = pydyf.String("Office scanner")
    out = io.BytesIO()
    pdf.write(out)
    return pack(out.getvalue())


def _words_in_place(path, *password):
    """Every word of a PDF with its place on the page, '' when the file cannot be opened."""
    done = _read("pdftotext", path, "-bbox", *password)
    return done.stdout if done.returncode == 0 else b""


def locked(data, password, old):
    """The PDF encrypted with AES-256 so that nobody opens it without the password.

    Encryption draws random numbers, so the file `old` is kept when it holds the same pages already."""
    with tempfile.TemporaryDirectory() as folder:
        plain, closed = Path(folder, "plain.pdf"), Path(folder, "closed.pdf")
        plain.write_bytes(data)
        if old.exists() and _words_in_place(plain) == _words_in_place(old, "-upw", password):
            return old.read_bytes()
        qpdf("--encrypt", password, password + "-owner", "256", "--", plain, closed)
        if _words_in_place(closed):
            raise RuntimeError("the locked PDF opens without its password.")
        return closed.read_bytes()


def damaged(data):
    """The first part of the PDF, as a broken-off copy leaves it: no page of it can be read."""
    with tempfile.TemporaryDirectory() as folder:
        whole, plain = Path(folder, "whole.pdf"), Path(folder, "plain.pdf")
        whole.write_bytes(data)
        qpdf("--deterministic-id", "--object-streams=generate", whole, plain)
        half = plain.read_bytes()
        half = half[:len(half) // 2]
        whole.write_bytes(half)
        done = _read("pdftotext", whole)
        if done.stdout.strip():
            raise RuntimeError("the damaged PDF still has text that can be read.")
        return half


def spoil(source, data, old):
    """What `make:` in the front matter asks for."""
    if source.make == "scan":
        return scan(data, seed=len(source.id))
    if source.make == "locked":
        return locked(data, source.password, old)
    return damaged(data)
