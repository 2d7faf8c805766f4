"""Shared by the Python renderers: stage timer, input."""
import json
import os
import time

HOME = os.environ.get("PEERBENCH_HOME", os.path.expanduser("~/.cache/peerbench"))
FONTS = os.path.join(HOME, "fonts")


class Stages:
    """Writes stage -> seconds to $PEERBENCH_STAGES (if set) for measure.py."""

    def __init__(self):
        self.t = time.perf_counter()
        self.d = {}

    def mark(self, name):
        now = time.perf_counter()
        self.d[name] = round(now - self.t, 6)
        self.t = now

    def save(self):
        path = os.environ.get("PEERBENCH_STAGES")
        if path:
            with open(path, "w") as f:
                json.dump(self.d, f)


def load(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)
