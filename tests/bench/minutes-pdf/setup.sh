#!/bin/bash
# Installs what the comparison needs into $PEERBENCH_HOME (default ~/.cache/peerbench). Versions are pinned.
#   setup.sh         the Typst command line, built from its crate
#   setup.sh --all   also the Python peers
set -eu
H=${PEERBENCH_HOME:-$HOME/.cache/peerbench}
mkdir -p "$H/fonts"
for f in Regular Bold Italic BoldItalic; do cp "/usr/share/fonts/truetype/noto/NotoSans-$f.ttf" "$H/fonts/"; done
[ -x "$H/typst-cli/bin/typst" ] ||
  cargo install typst-cli --version 0.15.1 --locked --root "$H/typst-cli" --target-dir "$H/typst-target"
if [ "${1:-}" = --all ]; then
  [ -x "$H/venv/bin/python" ] || python3 -m venv "$H/venv"
  "$H/venv/bin/pip" install -q typst==0.15.2 reportlab==5.1.0 rl_accel==0.9.1
fi
echo "peers ready in $H"
