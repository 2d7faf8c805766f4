#!/bin/bash
# Installs what the comparison needs into $PEERBENCH_HOME (default ~/.cache/peerbench). Versions are pinned; those of
# Chromium and LibreOffice are the system's, and printed with the figures.
#   setup.sh         the Typst command line, built from its crate
#   setup.sh --all   also the Python and Node peers
set -eu
H=${PEERBENCH_HOME:-$HOME/.cache/peerbench}
HERE=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$H/fonts" "$H/fc-cache"
for f in Regular Bold Italic BoldItalic; do cp "/usr/share/fonts/truetype/noto/NotoSans-$f.ttf" "$H/fonts/"; done
# Who asks fontconfig (WeasyPrint, Chromium, LibreOffice) sees those four alone: no time lost on a large folder of fonts.
cat >"$H/fonts.conf" <<X
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$H/fonts</dir><cachedir>$H/fc-cache</cachedir></fontconfig>
X
[ -x "$H/typst-cli/bin/typst" ] ||
  cargo install typst-cli --version 0.15.1 --locked --root "$H/typst-cli" --target-dir "$H/typst-target"
if [ "${1:-}" = --all ]; then
  [ -x "$H/venv/bin/python" ] || python3 -m venv "$H/venv"
  "$H/venv/bin/pip" install -q -r "$HERE/requirements.txt"
  cp "$HERE/package.json" "$HERE/package-lock.json" "$H/"
  (cd "$H" && npm ci --no-audit --no-fund)
fi
echo "peers ready in $H"
