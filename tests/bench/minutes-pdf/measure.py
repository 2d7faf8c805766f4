#!/usr/bin/env python3
"""Runs the peers side by side, checks their PDFs and prints the tables. Called by bench.sh.

Timing: wall clock from just before fork/exec to the exit of the whole renderer command
(interpreter start, imports, reading JSON, writing the PDF: all inside). CPU and max RSS come
from wait4(): max RSS is the LARGEST SINGLE process among those waited for, as /usr/bin/time -v
gives it. Chromium and LibreOffice are several processes, so one more, untimed, run samples the sum of
PSS over all descendants (column "PSS tree").
Runs alternate: every round runs each peer once, and each round starts with another peer.
Other work on the machine spoils timings, so each run first waits for a quiet machine, and the CPU
used by others (and stolen by the hypervisor) during it is measured from /proc/stat; a run with more
than QUIET_PCT (default 8) percent of all cores used by others is repeated, up to QUIET_TRIES (4)
times, and the least disturbed one is kept. Column "others %" is the worst kept run.
"""
import ctypes
import json
import os
import re
import resource
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = os.environ.get("PEERBENCH_HOME", os.path.expanduser("~/.cache/peerbench"))
PY = os.path.join(HOME, "venv/bin/python")
R = os.path.join(HERE, "renderers")
TYPST = [f"{HOME}/typst-cli/bin/typst", "compile", "--root", "/", "--ignore-system-fonts", "--font-path", f"{HOME}/fonts",
         "--input", "data={in}"]
PEERS = {  # name -> command; {in} and {out} are replaced
    "typst-cli": [*TYPST, f"{R}/acta.typ", "{out}"],
    "typst-cli-a2a": [*TYPST, "--pdf-standard", "a-2a", f"{R}/acta.typ", "{out}"],
    "typst": [PY, f"{R}/typst_render.py", "{in}", "{out}"],
    "typst-fast": [PY, f"{R}/typst_render.py", "{in}", "{out}", "fast"],
    "typst-a2a": [PY, f"{R}/typst_render.py", "{in}", "{out}", "a2a"],
    "reportlab": [PY, f"{R}/reportlab_render.py", "{in}", "{out}"],
    "pdfmake": ["node", f"{R}/pdfmake_render.js", "{in}", "{out}"],
    "chromium": [PY, f"{R}/chromium_render.py", "{in}", "{out}"],
    "libreoffice": [PY, f"{R}/libreoffice_render.py", "{in}", "{out}"],
    "libreoffice-a2": [PY, f"{R}/libreoffice_render.py", "{in}", "{out}", "a2"],
    "weasyprint": [PY, f"{R}/weasyprint_render.py", "{in}", "{out}"],
    "weasyprint-a2a": [PY, f"{R}/weasyprint_render.py", "{in}", "{out}", "a2a"],
}
LIMIT = float(os.environ.get("RUN_LIMIT_S", "600"))
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: stray helpers come to us, not to init


def descendants(root):
    kids = {}
    for p in os.listdir("/proc"):
        if p.isdigit():
            try:
                with open(f"/proc/{p}/stat") as f:
                    s = f.read()
                kids.setdefault(int(s[s.rindex(")") + 2:].split()[1]), []).append(int(p))
            except OSError:
                pass
    out, todo = [], [root]
    while todo:
        for k in kids.get(todo.pop(), []):
            out.append(k)
            todo.append(k)
    return out


def reap():
    """Wait for helpers the command left behind, so that they do not disturb the next run."""
    end = time.time() + 10
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            if time.time() > end:
                for k in descendants(os.getpid()):  # only our own children
                    try:
                        os.kill(k, signal.SIGKILL)
                    except OSError:
                        pass
                end += 10
            time.sleep(0.005)


class PssSampler(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.stop, self.peak, self.nproc = threading.Event(), 0, 0

    def run(self):
        me = os.getpid()
        while not self.stop.is_set():
            total = n = 0
            for p in descendants(me):
                try:
                    with open(f"/proc/{p}/smaps_rollup") as f:
                        m = re.search(r"^Pss:\s+(\d+)", f.read(), re.M)
                    if m:
                        total += int(m[1])
                        n += 1
                except OSError:
                    pass
            if total > self.peak:
                self.peak, self.nproc = total, n
            time.sleep(0.01)


TICK, CORES = os.sysconf("SC_CLK_TCK"), os.cpu_count()
QUIET_PCT = float(os.environ.get("QUIET_PCT", "8"))
QUIET_TRIES = int(os.environ.get("QUIET_TRIES", "4"))
QUIET_WAIT = float(os.environ.get("QUIET_WAIT", "120"))


def busy():
    """CPU seconds used by anybody since boot: user, nice, system, irq, softirq, steal."""
    with open("/proc/stat") as f:
        v = [int(x) for x in f.readline().split()[1:9]]
    return (v[0] + v[1] + v[2] + v[5] + v[6] + v[7]) / TICK


def own():
    u = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(x.ru_utime + x.ru_stime for x in u)


def quiet_run(cmd, src, out):
    best = None
    for _ in range(QUIET_TRIES):
        end = time.time() + QUIET_WAIT
        while time.time() < end:
            b, t = busy(), time.perf_counter()
            time.sleep(0.25)
            if 100 * (busy() - b) / (time.perf_counter() - t) / CORES < QUIET_PCT:
                break
        r = run(cmd, src, out)
        if best is None or r["others"] < best["others"]:
            best = r
        # /proc/stat counts in 10 ms ticks: below two ticks nothing can be said
        if r["others"] <= QUIET_PCT or r["others_s"] <= 2 / TICK:
            break
    return best


def run(cmd, src, out, sample=False):
    tmp = tempfile.mkdtemp(prefix="run-", dir=HOME)
    if os.path.exists(out):
        os.unlink(out)
    argv = [a.replace("{in}", src).replace("{out}", out) for a in cmd]
    env = dict(os.environ, PEERBENCH_HOME=HOME, PEERBENCH_TMP=tmp, PEERBENCH_STAGES=os.path.join(tmp, "stages.json"),
               FONTCONFIG_FILE=os.path.join(HOME, "fonts.conf"), LANG="C.UTF-8", LC_ALL="C.UTF-8")
    log = open(os.path.join(tmp, "log"), "wb")
    sampler = None
    if sample:
        sampler = PssSampler()
        sampler.start()
    b0, o0 = busy(), own()
    t0 = time.perf_counter()
    p = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env, start_new_session=True)
    killer = threading.Timer(LIMIT, lambda: os.killpg(p.pid, signal.SIGKILL))
    killer.start()
    _, status, ru = os.wait4(p.pid, 0)
    wall = time.perf_counter() - t0
    killer.cancel()
    p.returncode = os.waitstatus_to_exitcode(status)
    if sampler:
        sampler.stop.set()
        sampler.join()
    reap()
    cpu = own() - o0  # ours and every reaped helper's
    others = max(0.0, busy() - b0 - cpu)
    share = 100 * others / (time.perf_counter() - t0) / CORES
    log.close()
    if p.returncode or not os.path.exists(out):
        with open(log.name, "rb") as f:
            sys.exit(f"FAILED (rc {p.returncode}): {shlex.join(argv)}\n{f.read()[-2000:].decode(errors='replace')}")
    r = {"wall": wall, "cpu": cpu, "others": share, "others_s": others, "rss_kb": ru.ru_maxrss, "bytes": os.path.getsize(out)}
    try:
        with open(env["PEERBENCH_STAGES"]) as f:
            r["stages"] = json.load(f)
    except OSError:
        pass
    if sampler:
        r["pss_kb"], r["nproc"] = sampler.peak, sampler.nproc
    shutil.rmtree(tmp, ignore_errors=True)
    return r


def sh(*a):
    if shutil.which(a[0]) is None:
        return ""
    return subprocess.run(a, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode("utf-8", "replace")


def squeeze(s):
    """Text without blanks and hyphens, so that line breaks and hyphenation do not matter."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", unicodedata.normalize("NFKC", s))


def check(pdf, d):
    """Facts about one PDF and the list of what is wrong with it (empty = every check passed)."""
    info = sh("pdfinfo", pdf)
    g = lambda k: (re.search(rf"^{k}:\s*(.*)$", info, re.M) or [None, "?"])[1].strip()  # noqa: E731
    pages, bad = int(g("Pages")), []
    meta = sh("pdfinfo", "-meta", pdf)  # what the file says of itself; nothing here validates it
    a = re.search(r"pdfaid:part(?:>|=['\"])\s*(\d)", meta)
    conf = re.search(r"pdfaid:conformance(?:>|=['\"])\s*([A-Z])", meta)
    fonts = [ln for ln in sh("pdffonts", pdf).splitlines()[2:] if ln.strip()]
    emb = [re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", ln) for ln in fonts]
    fact = {"pages": pages, "version": g("PDF version"), "tagged": g("Tagged"), "size": g("Page size"),
            "pdfa": (a[1] + (conf[1].lower() if conf else "")) if a else "no",
            "fonts": sorted({ln.split()[0] for ln in fonts}),
            "embedded": all(m and m[1] == "yes" for m in emb), "subset": all(m and m[2] == "yes" for m in emb),
            "tounicode": all(m and m[3] == "yes" for m in emb)}
    if "A4" not in fact["size"] and not re.match(r"59[45]\S* x 84[12]", fact["size"]):
        bad.append("page size " + fact["size"])
    if not fact["embedded"]:
        bad.append("font not embedded")
    lay = sh("pdftotext", "-layout", pdf, "-")
    # every vote row: its code and, on the same line, its seat and its vote letter
    votes = {}
    for ln in lay.splitlines():
        m = re.match(r"\s*(V-\d{3}-\d\d)\s+(.*?)\s+([FCA])\s*$", ln)
        if m:
            votes.setdefault(m[1], []).append((m[2], m[3]))
    want = {v["codigo"]: (v["escano"], v["voto"]) for p in d["puntos"] for v in p["votacion"]}
    miss = [k for k, v in want.items() if votes.get(k) != [v]]
    if miss or len(votes) != len(want):
        bad.append(f"{len(miss)} of {len(want)} vote rows wrong, e.g. {miss[:2]}")
    # running text in content order, header and footer taken out (they interrupt paragraphs)
    body, clean = [], []
    for i, t in enumerate(sh("pdftotext", "-raw", pdf, "-").split("\f")[:pages], 1):
        # WeasyPrint draws a page's list numbers after its text, where they would split a paragraph that goes on
        # overleaf: lines that are only a number are dropped from the second reading, and either reading will do
        for to, x in ((body, t), (clean, re.sub(r"(?m)^\s*\d+\.\s*$", "", t))):
            to.append(squeeze(x).replace(squeeze(d["pie"].format(x=i, y=pages)), "").replace(squeeze(d["encabezado"]), ""))
    body, clean = "".join(body), "".join(clean)
    want = Counter(squeeze(t) for p in d["puntos"] for t in p["parrafos"] + [p["decision"]["titulo"] + p["decision"]["texto"], p["resumen"]])
    lost = [t for t, n in want.items() if max(body.count(t), clean.count(t)) < n]
    if lost:
        bad.append(f"{len(lost)} paragraphs not found, e.g. {lost[0][:60]!r}")
    want = Counter(squeeze(c["compromiso"]) for c in d["compromisos"])
    lost = [t for t, n in want.items() if body.count(t) < n]
    if lost:
        bad.append(f"{len(lost)} commitments not found, e.g. {lost[0]!r}")
    if squeeze(d["compromisos"][-1]["compromiso"]) not in body:
        bad.append("LAST COMMITMENT MISSING")
    want = Counter(squeeze(t) for t in d["agenda"])  # once in the agenda, once as heading
    plain = re.sub(r"\d+\.", "", body)  # pdfmake draws a list number after the first line of its item
    lost = [t for t, n in want.items() if plain.count(t) < 2 * n]
    if lost:
        bad.append(f"{len(lost)} agenda lines or headings not found, e.g. {lost[0]!r}")
    names = [f["nombre"] for t in d["asistencia"] for f in t["filas"]] + [f["nombre"] for f in d["firmas"]]
    names += [d["titulo"], d["cierre"]] + [v for r in d["cabecera"] for v in r] + [f["entidad"] for t in d["asistencia"] for f in t["filas"]]
    lost = [n for n in names if squeeze(n) not in body]
    if lost:
        bad.append(f"{len(lost)} names, entities or labels not found, e.g. {lost[0]!r}")
    # furniture on every page, and repeated table headers
    per = lay.split("\f")[:pages]
    foot = [i for i, t in enumerate(per, 1) if squeeze(d["pie"].format(x=i, y=pages)) not in squeeze(t)]
    head = [i for i, t in enumerate(per, 1) if squeeze(d["encabezado"]) not in squeeze(t)]
    if foot or head:
        bad.append(f"footer missing on {foot[:3]}, header missing on {head[:3]}")
    orphan = [i for i, t in enumerate(per, 1) if re.search(r"^\s*V-\d{3}-\d\d\s", t, re.M) and not re.search(r"Código\s+Escaño\s+Voto", t)]
    comm = sum(bool(re.search(r"Compromiso\s+Responsable\s+Plazo\s+Estado", t)) for t in per)
    if orphan or comm < 2:
        bad.append(f"table header not repeated (vote rows on pages {orphan[:3]}, commitments header on {comm} pages)")
    return fact, bad


def versions():
    with open("/proc/cpuinfo") as f:
        cpu = re.search(r"model name\s*:\s*(.*)", f.read())
    v = {"cpu": cpu[1] if cpu else "?", "cores": os.cpu_count(), "kernel": os.uname().release,
         "typst-cli": sh(TYPST[0], "--version").strip() or "not built", "node": sh("node", "--version").strip(),
         "chromium": sh("chromium", "--version").strip(), "libreoffice": sh("soffice", "--version").strip()}
    for ln in sh(PY, "-m", "pip", "freeze").splitlines():
        k, _, x = ln.partition("==")
        if k.lower() in ("typst", "weasyprint", "python-docx", "reportlab", "rl_accel"):
            v[k] = x
    return v


def main():
    sizes = os.environ.get("SIZES", "5 40 400").split()
    n = int(os.environ.get("N", "5"))
    names = os.environ.get("PEERS", "all").split()
    peers = dict(PEERS) if names == ["all"] else {k: PEERS[k] for k in names}
    missing = [p for p, c in peers.items() if shutil.which(c[0]) is None]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}; run setup.sh --all")
    ours = os.environ.get("OURS")
    if ours:
        peers["OURS"] = shlex.split(ours)
        if "{in}" not in ours or "{out}" not in ours:
            sys.exit("OURS must contain {in} and {out}")
    outdir = os.path.join(HOME, "out")
    os.makedirs(outdir, exist_ok=True)
    vers = versions()
    print("machine and versions:", json.dumps(vers, ensure_ascii=False), flush=True)
    src = {s: os.path.join(HOME, "in", f"acta-{s}.json") for s in sizes}
    dst = lambda p, s: os.path.join(outdir, f"{p}-{s}.pdf")  # noqa: E731
    for p, c in peers.items():  # warm-up, not counted: page cache, .pyc
        run(c, src[sizes[0]], dst(p, sizes[0]))
    res = {s: {p: [] for p in peers} for s in sizes}
    order = list(peers)
    for s in sizes:
        for i in range(n):
            k = i * max(1, len(order) // n) % len(order)
            for p in order[k:] + order[:k]:
                res[s][p].append(quiet_run(peers[p], src[s], dst(p, s)))
            print(f"# size {s} round {i + 1}/{n} done", file=sys.stderr, flush=True)
    failed = False
    summary = {"versions": vers, "n": n, "sizes": {}}
    for s in sizes:
        d = json.load(open(src[s], encoding="utf-8"))
        rows, problems = {}, []
        for p in peers:
            fact, bad = check(dst(p, s), d)
            problems += [f"{p}: {b}" for b in bad]
            rr = res[s][p]
            mem = run(peers[p], src[s], dst(p, s), sample=True)
            med = lambda k: statistics.median(r[k] for r in rr)  # noqa: E731
            st = {k: statistics.median(r["stages"][k] for r in rr) for k in rr[0].get("stages", {})}
            rows[p] = {"wall": med("wall"), "min": min(r["wall"] for r in rr), "max": max(r["wall"] for r in rr),
                       "cpu": med("cpu"), "others": max(r["others"] for r in rr), "rss_mb": med("rss_kb") / 1024, "pss_mb": mem["pss_kb"] / 1024, "nproc": mem["nproc"],
                       "bytes": rr[-1]["bytes"], "stages": st, "runs": rr, **fact}
        pg = [r["pages"] for r in rows.values()]
        if max(pg) > 1.25 * min(pg):
            problems.append(f"page counts differ by more than 25%: {min(pg)}..{max(pg)}")
        o = rows.get("OURS")
        print(f"\n### acta-{s}.json: median of {n}\n")
        cols = ["peer", "wall s", "min–max", "CPU s", "others %", "max RSS MB", "PSS tree MB", "pages", "bytes", "ms/page"]
        cols += ["wall ÷ ours", "RSS ÷ ours", "bytes ÷ ours"] if o else []
        print("| " + " | ".join(cols) + " |\n|" + "---|" * len(cols))
        for p, r in sorted(rows.items(), key=lambda x: x[1]["wall"]):
            c = [p, f"{r['wall']:.3f}", f"{r['min']:.3f}–{r['max']:.3f}", f"{r['cpu']:.2f}", f"{r['others']:.0f}", f"{r['rss_mb']:.0f}",
                 f"{r['pss_mb']:.0f} ({r['nproc']}p)", str(r["pages"]), str(r["bytes"]), f"{1000 * r['wall'] / r['pages']:.1f}"]
            if o:
                c += [f"{r['wall'] / o['wall']:.2f}", f"{r['rss_mb'] / o['rss_mb']:.2f}", f"{r['bytes'] / o['bytes']:.2f}"]
            print("| " + " | ".join(c) + " |")
        print("\nstages (median s): " + "; ".join(
            f"{p}: " + ", ".join(f"{k} {v:.3f}" for k, v in r["stages"].items()) for p, r in rows.items() if r["stages"]))
        print("\nchecks (vote rows, all paragraphs, all commitments, names, header+footer on each page, repeated table "
              "headers, A4, fonts embedded, pages within 25%): " + ("ALL PASSED" if not problems else "FAILED"))
        for b in problems:
            print("  FAIL", b)
        noisy = [p for p, r in rows.items() if any(x["others"] > QUIET_PCT and x["others_s"] > 2 / TICK for x in r["runs"])]
        if noisy:
            print("  NOTE: other work disturbed at least one kept run of: " + ", ".join(noisy))
        failed |= bool(problems)
        summary["sizes"][s] = rows
    s = sizes[-1]
    print(f"\n### what each PDF is (size {s})\n\n| peer | PDF | tagged | PDF/A claim | fonts embedded | subset | ToUnicode | fonts |\n|---|---|---|---|---|---|---|---|")
    for p, r in summary["sizes"][s].items():
        yn = lambda b: "yes" if b else "no"  # noqa: E731
        print(f"| {p} | {r['version']} | {r['tagged']} | {r['pdfa']} | {yn(r['embedded'])} | {yn(r['subset'])} | {yn(r['tounicode'])} | {', '.join(r['fonts'])} |")
    with open(os.path.join(HOME, "results.json"), "w") as f:
        json.dump(summary, f, indent=1, ensure_ascii=False)
    print(f"\nPDFs in {outdir}, numbers in {HOME}/results.json")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
