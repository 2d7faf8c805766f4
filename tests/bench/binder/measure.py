#!/usr/bin/env python3
"""The binder of a session with 300 MB of scanned annexes, beside qpdf joining the same files, in one run.

    measure.py ACTARIO_CLI FOLDER

Prints time and greatest memory of both as a table; exits with 1 when pages are missing or the memory is above its goal.
"""

import base64
import json
import pathlib
import random
import subprocess
import sys

ANNEXES = 7
PAGES = 9
SIDE = (1600, 1000)  # dots of each page, three bytes each: about 43 MB an annex
GOAL = 200  # MB


def scanned(seed):
    """A PDF as a scanner makes it: a picture a page, which no compression makes smaller."""
    dots = random.Random(seed)
    width, height = SIDE
    out, places = bytearray(b"%PDF-1.4\n"), []

    def put(body):
        places.append(len(out))
        out.extend(b"%d 0 obj\n" % len(places) + body + b"\nendobj\n")

    put(b"<</Type/Catalog/Pages 2 0 R>>")
    kids = b" ".join(b"%d 0 R" % (3 + 3 * n) for n in range(PAGES))
    put(b"<</Type/Pages/Count %d/Kids[%s]>>" % (PAGES, kids))
    for n in range(PAGES):
        first = 3 + 3 * n
        put(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</I %d 0 R>>>>/Contents %d 0 R>>"
            % (first + 1, first + 2))
        picture = dots.randbytes(width * height * 3)
        put(b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Length %d>>stream\n"
            % (width, height, len(picture)) + picture + b"\nendstream")
        content = b"q 612 0 0 792 0 0 cm /I Do Q"
        put(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    table = len(out)
    out.extend(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    for place in places:
        out.extend(b"%010d 00000 n \n" % place)
    out.extend(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, table))
    return bytes(out)


def run(command):
    """Seconds and greatest memory in MB of a command: a process of its own, so that its memory is its own."""
    probe = ("import resource, subprocess, sys, time; t = time.monotonic(); "
             "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
             "print(time.monotonic() - t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    said = subprocess.run([sys.executable, "-c", probe, *map(str, command)], check=True, capture_output=True, text=True)
    seconds, kilobytes = said.stdout.split()
    return float(seconds), int(kilobytes) / 1024


def main():
    cli, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / "expediente.actario"
    for left in folder.glob("expediente*"):
        left.unlink()
    subprocess.run([cli, "new", archive, "--demo"], check=True, stdout=subprocess.DEVNULL)

    def call(name, request):
        subprocess.run([cli, "call", archive, name, "-"], input=json.dumps(request).encode(), check=True,
                       stdout=subprocess.DEVNULL)

    call("create_session", {"id": "ses-medida", "body_id": "body-comision", "kind": "extraordinary",
                            "mode": "in_person", "date": "2026-12-14"})
    files = []
    for n in range(ANNEXES):
        path = folder / f"anexo-{n + 1}.pdf"
        path.write_bytes(scanned(n))
        files.append(path)
        call("add_annex", {"owner": "session", "owner_id": "ses-medida", "kind": "document",
                           "file": {"name": path.name, "base64": base64.b64encode(path.read_bytes()).decode()}})
    size = sum(path.stat().st_size for path in files) / 1e6
    binder, joined = folder / "expediente.pdf", folder / "qpdf.pdf"
    ours = run([cli, "binder", archive, "ses-medida", "--out", binder])
    peer = run(["qpdf", "--empty", "--pages", *files, "--", joined])

    def pages(path):
        return int(subprocess.run(["qpdf", "--show-npages", path], check=True, capture_output=True).stdout)

    print(f"{ANNEXES} annexes, {size:.0f} MB\n")
    print(f"{'':22}{'seconds':>9}{'memory MB':>11}{'pages':>7}")
    print(f"{'actario-cli binder':22}{ours[0]:9.2f}{ours[1]:11.0f}{pages(binder):7}")
    print(f"{'qpdf --pages':22}{peer[0]:9.2f}{peer[1]:11.0f}{pages(joined):7}")
    print(f"{'ratio':22}{ours[0] / peer[0]:9.2f}{ours[1] / peer[1]:11.2f}")
    whole = pages(binder) > pages(joined) == ANNEXES * PAGES
    for path in [*files, binder, joined]:
        path.unlink()
    for left in folder.glob("expediente*"):
        left.unlink()
    return 0 if whole and ours[1] <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
