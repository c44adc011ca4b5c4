#!/usr/bin/env bash
# `make lint`: format, lints of the server's and the browser's build (never both at once: the features
# `ssr` and `hydrate` exclude each other), scripts, licences and advisories.
. "$(dirname "$0")/lib.sh"
. .make/parts.sh
.make/tools.sh lint
part "Format" cargo fmt --all --check
part "Clippy, native" cargo clippy --workspace --all-targets -- -D warnings
part "Clippy, browser" cargo clippy --package app --lib --target wasm32-unknown-unknown \
  --no-default-features --features hydrate -- -D warnings
part "Shell scripts" shellcheck .make/*.sh .ci/run
part "Dependencies (cargo deny)" .make/deny.sh
summary
