#!/usr/bin/env bash
# One size of `make bench`: seeds a database of its own, measures the server's pages on it, then the ledger.
# Usage: bench-size.sh APPLICATIONS FOLDER   (on TEST_POSTGRES_URL when set, else on SQLite in the folder)
. "$(dirname "$0")/lib.sh"
require_build
site_environment
applications=${1:?usage: bench-size.sh APPLICATIONS FOLDER}
folder=${2:?usage: bench-size.sh APPLICATIONS FOLDER}
mkdir -p "$folder"
# A round more or less changes little where a page is asked for less often anyway.
rounds=3
((applications < 100000)) || rounds=2
# The site's files are copied, for the static files that pages are measured beside lie among them.
cp -r target/site "$folder/site"
export LEPTOS_SITE_ROOT="$folder/site"

port=$(free_port)
export LISTEN="127.0.0.1:$port" PUBLIC_URL="http://127.0.0.1:$port" DATA_DIR="$folder"
export DATABASE_URL="${TEST_POSTGRES_URL:-sqlite://$folder/fund.db}"
unset SMTP_URL
server=
stop() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true
  [[ -z $server ]] || wait "$server" 2>/dev/null || true
  server=
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say "Seeding $applications applications"
"$fund" migrate
# Twenty years of pledges, so many that they grow with the applications.
"$fund" seed-bench --applications "$applications" --pledges-a-year $((applications / 200)) >"$folder/seed.json"
"$fund" check-books
[[ -n ${TEST_POSTGRES_URL:-} ]] || say "The database holds $(du -m "$folder/fund.db" | cut -f1) MiB"

say "Asking the server for pages over $applications applications"
"$fund" serve >"$folder/server.log" 2>&1 &
server=$!
wait_until_ready "$PUBLIC_URL" "$server" || {
  tail -n 50 "$folder/server.log" >&2
  fail "the server is not ready; above are its last words"
}
node end2end/tools/bench.mjs measure "$PUBLIC_URL" "$server" "$folder" "$rounds"
stop

say "Posting to the ledger, against bare inserts into the same tables"
"$fund" bench-ledger | tee "$folder/ledger.json"
say "Entering pledges by their whole use case, against bare inserts of the same rows"
"$fund" bench-pledges | tee "$folder/pledges.json"
say "Saving sections of drafts, eight people at once, against the same rows written bare"
"$fund" bench-sections | tee "$folder/sections.json"
"$fund" check-books
