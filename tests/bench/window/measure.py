#!/usr/bin/env python3
"""Start and memory of Actario's window beside a bare Tauri window, in one run.

    measure.py BARE ACTARIO ARCHIVE [ROUNDS]

Each program is started on a virtual display of its own size and looked at from outside, so that neither needs to
know that it is measured. *Start* is from before exec until the last change of the picture that is followed by a
second of stillness: all is drawn, the data too. *Memory* is then the proportional set size (PSS) of the program
and its descendants. Both use the same renderer. One start of each is not counted; rounds alternate.
"""

import json
import mmap
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import zlib

STILL = 1.0  # seconds without a change of the picture
LIMIT = 30.0
STEP = 0.004
SCREEN = (1366, 768)


class Display:
    """An Xvfb whose screen is a file."""

    def __init__(self, folder):
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SCREEN[0]}x{SCREEN[1]}x24", "-fbdir", folder,
             "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        self.name = ":" + os.read(read, 16).decode().strip()
        os.close(read)
        with open(pathlib.Path(folder) / "Xvfb_screen0", "rb") as file:
            self.screen = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def picture(self):
        """A sum over every second row: any letter that appears changes it."""
        row = SCREEN[0] * 4
        start = len(self.screen) - row * SCREEN[1]
        total = 0
        for y in range(0, SCREEN[1], 2):
            at = start + y * row
            total = zlib.crc32(self.screen[at:at + row], total)
        return total

    def close(self):
        self.screen.close()
        self.process.terminate()
        self.process.wait()


def descendants(pid):
    """The process and all that it started."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, rest = [], [pid]
    while rest:
        one = rest.pop()
        found.append(one)
        rest.extend(parents.get(one, []))
    return found


def pss(pid):
    """Proportional set size in MB, and in how many processes."""
    total, count = 0, 0
    for one in descendants(pid):
        try:
            for line in pathlib.Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
                    count += 1
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total / 1024, count


def start(command, display, home):
    """Starts the program once: seconds to the complete picture, MB, processes."""
    environment = dict(os.environ, DISPLAY=display.name, HOME=home, XDG_CONFIG_HOME=f"{home}/config",
                       XDG_DATA_HOME=f"{home}/data", XDG_CACHE_HOME=f"{home}/cache",
                       WEBKIT_DISABLE_DMABUF_RENDERER="1", NO_AT_BRIDGE="1", GDK_BACKEND="x11")
    environment.pop("WAYLAND_DISPLAY", None)
    before = display.picture()
    began = time.monotonic()
    program = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    try:
        last, changed = before, None
        while True:
            now = time.monotonic()
            picture = display.picture()
            if picture != last:
                last, changed = picture, now
            if changed is not None and now - changed > STILL:
                break
            if now - began > LIMIT or program.poll() is not None:
                raise SystemExit(f"{command[0]}: no window in {LIMIT:.0f} s (exit {program.poll()})")
            time.sleep(STEP)
        memory, processes = pss(program.pid)
        if keep := os.environ.get("BENCH_PICTURES"):
            name = f"{pathlib.Path(command[0]).name}-{len(command)}"
            subprocess.run(["xwd", "-root", "-display", display.name, "-out", f"{keep}/{name}.xwd"], check=False)
        return changed - began, memory, processes
    finally:
        os.killpg(program.pid, signal.SIGTERM)
        program.wait()
        while display.picture() != before:  # the empty screen again
            time.sleep(STEP)


def still_caret(home):
    """A caret that blinks in a field would be a picture that never comes to rest."""
    folder = pathlib.Path(home) / "config" / "gtk-3.0"
    folder.mkdir(parents=True)
    (folder / "settings.ini").write_text("[Settings]\ngtk-cursor-blink=false\n")


def known_person(home):
    """Who works at this computer: an archive opens at once, without the question of the first start."""
    folder = pathlib.Path(home) / "config" / "co.actario.desktop"
    folder.mkdir(parents=True)
    actor = {"name": "Gloria Peña", "role": "secretaria técnica"}
    (folder / "preferences.json").write_text(json.dumps({"actor": actor, "theme": "light"}))


def main():
    bare, actario, archive = sys.argv[1:4]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 7
    cases = {
        "bare": ("bare Tauri window", [bare]),
        "first": ("Actario, first start", [actario]),
        "archive": ("Actario, an archive's Hoy", [actario, archive]),
    }
    folder = tempfile.mkdtemp(prefix="bench-window-")
    display = Display(folder)
    measured = {case: [] for case in cases}
    try:
        homes = {case: tempfile.mkdtemp(dir=folder) for case in cases}
        for home in homes.values():
            still_caret(home)
        known_person(homes["archive"])
        for turn in range(rounds + 1):
            for case, (_, command) in cases.items():
                one = start(command, display, homes[case])
                if turn > 0:
                    measured[case].append(one)
    finally:
        display.close()
        shutil.rmtree(folder, ignore_errors=True)
    median = {case: [statistics.median(value[n] for value in values) for n in range(3)]
              for case, values in measured.items()}
    print(f"{'':28}{'start ms':>10}{'×':>7}{'PSS MB':>9}{'×':>7}{'processes':>11}")
    for case, (name, _) in cases.items():
        seconds, memory, processes = median[case]
        print(f"{name:28}{seconds * 1000:10.0f}{seconds / median['bare'][0]:7.2f}"
              f"{memory:9.1f}{memory / median['bare'][1]:7.2f}{processes:11.0f}")
    print("wanted: start ≤ 1.30 ×, memory ≤ 1.25 × the bare window")
    if path := os.environ.get("BENCH_RESULTS"):
        pathlib.Path(path).write_text(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
