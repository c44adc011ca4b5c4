#!/usr/bin/env bash
# `make dev`: an unoptimised server that rebuilds and reloads the browser as files are saved.
. "$(dirname "$0")/lib.sh"
.make/tools.sh build
if [[ -z ${DATABASE_URL:-} && ! -f data/fund.db ]]; then
  say "Seeding demo data into data/fund.db (builds the development server first)"
  trap 'rm -f data/fund.db data/fund.db-shm data/fund.db-wal' EXIT
  mkdir -p data
  cargo run --package server --bin fund -- migrate
  cargo run --package server --bin fund -- seed-demo
  trap - EXIT
fi
# Apart from the release build's files, which would no longer fit their server.
export LEPTOS_SITE_ROOT=target/site-dev
say "Watching the sources; stop with Ctrl-C"
exec cargo leptos watch -- serve --print-demo
