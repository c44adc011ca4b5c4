#!/usr/bin/env bash
# Holds the built files to their budgets, and the browser's build to what may be in it.
. "$(dirname "$0")/lib.sh"
require_build
failed=0

# budget NAME LIMIT-IN-BYTES FILES...: the files' size after gzip -9, all together.
budget() {
  local name=$1 limit=$2 size verdict=ok
  shift 2
  [[ -f $1 ]] || fail "no $name file was built"
  size=$(for file in "$@"; do gzip -9 --no-name --stdout "$file" | wc -c; done | awk '{ sum += $1 } END { print sum }')
  ((size <= limit)) || { verdict="TOO LARGE" && failed=1; }
  printf '%-5s %8d bytes after gzip, budget %8d: %s\n' "$name" "$size" "$limit" "$verdict"
}

budget CSS 14000 target/site/pkg/*.css
budget WASM 250000 target/site/pkg/*.wasm
javascript=$(find target/site/pkg -name '*.js' -exec gzip -9 --no-name --stdout {} \; | wc -c)
printf '%-5s %8d bytes after gzip, no budget\n' JS "$javascript"

# Pages, routes, texts and tables are the server's: none of these may reach the browser.
forbidden='leptos_router|leptos_axum|axum|tower|tokio|backend|migrations|i18n|(sea-orm|sqlx|fluent|icu_datetime).*'
packages=$(cargo tree --package app --no-default-features --features hydrate \
  --target wasm32-unknown-unknown --edges normal --prefix none --format '{p}' | cut -d' ' -f1 | sort -u)
grep -qx leptos <<<"$packages" || fail "the browser's dependency tree could not be read"
if found=$(grep -xE "$forbidden" <<<"$packages"); then
  printf 'in the browser build, but only for the server: %s\n' "$found"
  failed=1
else
  printf 'the browser build has %d packages, none of them for the server only\n' "$(wc -l <<<"$packages")"
fi
exit "$failed"
