#!/usr/bin/env bash
# Runs a command with a private, throw-away PostgreSQL on loopback, named by TEST_POSTGRES_URL.
# Usage: with-postgres.sh COMMAND...
. "$(dirname "$0")/lib.sh"
(($# > 0)) || fail "usage: with-postgres.sh COMMAND..."

programs=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)
[[ -n $programs ]] || fail "PostgreSQL is not installed (Debian package postgresql)"
folder=$(mktemp -d)

# PostgreSQL refuses to run as root.
as_owner=()
if [[ $(id -u) == 0 ]]; then
  owner=postgres
  getent passwd postgres >/dev/null || owner=nobody
  chown "$owner" "$folder"
  as_owner=(runuser -u "$owner" --)
fi
# In the folder itself: the project's may be closed to that user.
postgres() { (cd "$folder" && exec "${as_owner[@]}" "$programs/$1" "${@:2}"); }

stop() {
  postgres pg_ctl stop --pgdata data --mode immediate --silent || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say "Starting a private PostgreSQL"
postgres initdb --pgdata data --username fund --auth trust --encoding UTF8 --locale C.UTF-8 >/dev/null
# The data is thrown away, so nothing waits for the disk.
port=$(free_port)
cat >>"$folder/data/postgresql.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$folder'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
SETTINGS
postgres pg_ctl start --pgdata data --wait --silent --log "$folder/log" || {
  cat "$folder/log" >&2
  fail "PostgreSQL did not start"
}
export TEST_POSTGRES_URL="postgres://fund@127.0.0.1:$port/postgres"
say "PostgreSQL is ready at $TEST_POSTGRES_URL"
"$@"
