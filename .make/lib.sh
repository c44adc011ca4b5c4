# shellcheck shell=bash
# Sourced by every script here: strict mode, the project's root, its own tools on PATH, and `say`.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"

# The pinned tools come before what the machine may have. cargo-leptos finds wasm-bindgen and wasm-opt
# here; if it did not, it would try to download them.
export PATH="$root/.tools/cargo/bin:$root/end2end/node_modules/.bin:$PATH"
# The scripts look for build results in ./target.
unset CARGO_TARGET_DIR

fund="$root/target/release/fund"
# Written by build.sh when everything under target/ belongs together.
# shellcheck disable=SC2034
build_stamp="$root/target/release/.complete"

# The schema that payment orders are held against; tools.sh test fetches it.
# shellcheck disable=SC2034
pain_schema="$root/.tools/schemas/pain.001.001.09.xsd"

say() { printf '==> %s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# What the release server must be told about the files that cargo-leptos made.
site_environment() {
  export LEPTOS_ENV=PROD LEPTOS_OUTPUT_NAME=fund LEPTOS_SITE_PKG_DIR=pkg
  export LEPTOS_SITE_ROOT="$root/target/site"
  export LEPTOS_HASH_FILES=true LEPTOS_HASH_FILE_NAME=hash.txt
}

require_build() {
  [[ -f "$build_stamp" && -x "$fund" ]] || fail "there is no complete release build; run .make/build.sh"
}

# A loopback port that nothing listens on at this moment.
free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => {
    console.log(s.address().port); s.close(); })'
}

# wait_until_ready URL PID: false when the process ends first or 20 seconds have passed.
wait_until_ready() {
  for _ in {1..100}; do
    node -e 'fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$1/readyz" && return
    kill -0 "$2" 2>/dev/null || return 1
    sleep 0.2
  done
  return 1
}
