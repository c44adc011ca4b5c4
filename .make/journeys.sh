#!/usr/bin/env bash
# Runs the browser journeys against a release server of their own, on a free port and freshly seeded data.
# Usage: journeys.sh [playwright's arguments]
# The journeys may use BASE_URL, DATA_DIR (mails are .eml files below it), DATABASE_URL and FUND (the program).
. "$(dirname "$0")/lib.sh"
require_build
site_environment

folder=$(mktemp -d)
server=
stop() {
  if [[ -n $server ]]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    mkdir -p end2end/results
    cp "$folder/server.log" end2end/results/server.log
  fi
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

port=$(free_port)
export LISTEN="127.0.0.1:$port" PUBLIC_URL="http://127.0.0.1:$port" BASE_URL="http://127.0.0.1:$port"
export DATA_DIR="$folder" DATABASE_URL="sqlite://$folder/fund.db" FUND="$fund"
unset SMTP_URL

say "Seeding demo data for the journeys"
"$fund" migrate
"$fund" seed-demo >"$folder/seed.log"
say "Starting the server at $BASE_URL"
"$fund" serve >"$folder/server.log" 2>&1 &
server=$!
wait_until_ready "$BASE_URL" "$server" || {
  tail -n 50 "$folder/server.log" >&2
  fail "the server is not ready; above are its last words"
}
(cd end2end && npx --no-install playwright test "$@") || {
  say "The server's last words (all of them: end2end/results/server.log)"
  tail -n 30 "$folder/server.log"
  exit 1
}
