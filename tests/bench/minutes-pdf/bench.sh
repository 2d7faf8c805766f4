#!/bin/bash
# Minutes to PDF: ours and its peers, same content, same run. See README.md.
#   bash setup.sh && bash bench.sh
#   PEERS='typst-cli-a2a reportlab' SIZES='5 40' N=5 bash bench.sh
set -eu
export PEERBENCH_HOME=${PEERBENCH_HOME:-$HOME/.cache/peerbench}
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
if [ -z "${OURS:-}" ]; then
  (cd "$ROOT" && cargo build --release -q -p tests --bin bench-minutes)
  OURS="$ROOT/target/release/bench-minutes {in} {out}"
fi
export OURS PEERS="${PEERS:-typst-cli-a2a}"
python3 "$HERE/content.py" "$PEERBENCH_HOME/in" ${SIZES:-5 40 400} >/dev/null
exec python3 "$HERE/measure.py"
