#!/usr/bin/env bash
# Prepares this computer for one of the Makefile's jobs. Usage: .ci/setup.sh terminal|window|test|screens|bench|peers
#
#   terminal  the core and actario-cli (no web engine, no Node)
#   window    the above, and the desktop application
#   test      the above, and everything the tests drive: a browser, a virtual display, PDF readers
#   screens   the above, and what makes the pictures of the documentation small
#   bench     the window's, and what the measures need: a virtual display, PDF readers, a typeface of their own
#   peers     the above, and the other programs that turn minutes into PDF
#
# It checks the tools, lists the Debian/Ubuntu packages that are missing, and asks before it uses sudo.
# As root, or with CI=true, it installs them without asking. It changes nothing when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

job=${1:-window}
rust_needed=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
node_needed=20.19

fail() { printf '\nsetup: %s\n' "$@" >&2; exit 1; }
# at_least HAVE NEED: true when version HAVE is NEED or later.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# --- Tools that the system's packages do not bring in a recent enough version -----------------------------

command -v git >/dev/null || fail "git is not installed. On Debian and Ubuntu: sudo apt-get install git"
command -v cargo >/dev/null && command -v rustc >/dev/null \
  || fail "Rust is not installed (or ~/.cargo/bin is not on the PATH). Install Rust $rust_needed or later with rustup: https://rustup.rs"
rust_found=$(rustc --version | cut -d' ' -f2)
at_least "$rust_found" "$rust_needed" \
  || fail "Rust $rust_found is too old: $rust_needed or later is needed. With rustup: rustup update stable"

if [ "$job" != terminal ]; then
  command -v node >/dev/null && command -v npm >/dev/null \
    || fail "Node is not installed. The window's pages are built with Node $node_needed or later: https://nodejs.org/en/download (the version in Debian 12 and Ubuntu 24.04 is 18, too old)"
  node_found=$(node -p process.versions.node)
  at_least "$node_found" "$node_needed" \
    || fail "Node $node_found is too old: $node_needed or later is needed (Debian 12 and Ubuntu 24.04 bring 18): https://nodejs.org/en/download"
fi
if [ "$job" = test ] || [ "$job" = screens ]; then
  for part in fmt clippy; do
    cargo $part --version >/dev/null 2>&1 || fail "cargo $part is missing. With rustup: rustup component add rustfmt clippy"
  done
fi

# --- The system's packages ---------------------------------------------------------------------------------

[ "$(uname -s)" = Linux ] || exit 0

packages=(build-essential pkg-config libssl-dev)                         # the compiler; SQLCipher's cryptography
[ "$job" = terminal ] || packages+=(libwebkit2gtk-4.1-dev libdbus-1-dev) # the web engine and the session bus
{ [ "$job" != test ] && [ "$job" != screens ]; } || packages+=(
  chromium webkit2gtk-driver   # browsers under test
  xvfb xauth dbus-daemon       # a virtual display and a session bus of their own
  poppler-utils qpdf           # read back what was printed
  maven                        # brings the checker of PDF/A and PDF/UA, which runs on Java
  openssl                      # the tests' own time-stamp service
  python3 python3-venv         # the checkers of signatures and of Akoma Ntoso
  desktop-file-utils           # checks the menu entry
  cups-daemon cups-client cups-filters # a print service of the tests' own, with a printer that keeps what it prints
)
[ "$job" != screens ] || packages+=(pngquant)                             # pictures with a palette
{ [ "$job" != bench ] && [ "$job" != peers ]; } || packages+=(
  xvfb dbus-daemon             # a virtual display and a session bus of their own
  python3 poppler-utils qpdf   # measures, and reads back what was printed
  fonts-noto-core              # the typeface that every renderer sets
)
[ "$job" != peers ] || packages+=(
  chromium libreoffice-writer-nogui                           # peers
  python3-venv                                                # installs the Python peers
  libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0        # WeasyPrint's text
)

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "setup: this is neither Debian nor Ubuntu; make sure that the equivalents of these packages are installed:" >&2
  printf '  %s\n' "${packages[@]}" >&2
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

echo "setup: these system packages are missing:"
printf '  %s\n' "${missing[@]}"
install=(apt-get install -y --no-install-recommends "${missing[@]}")

if [ "$(id -u)" = 0 ]; then
  as_root=(env DEBIAN_FRONTEND=noninteractive)
elif [ "${CI:-}" = true ]; then
  as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
elif [ -t 0 ]; then
  read -r -p "Install them with sudo? [y/N] " answer
  case $answer in [yYsS]*) ;; *) fail "nothing was installed. The command is: sudo ${install[*]}" ;; esac
  as_root=(sudo env DEBIAN_FRONTEND=noninteractive)
else
  fail "install them and run this again: sudo ${install[*]}"
fi
# The list of packages may be empty on a new machine, or too old to name files that still exist.
"${as_root[@]}" apt-get update -q
"${as_root[@]}" "${install[@]}" \
  || fail "the packages could not be installed. On Ubuntu, chromium is only needed for the tests, which are kept for Debian 12."
