#!/usr/bin/env bash
# `make run`: from a fresh clone to a served demo; the second time it starts at once and keeps the data.
. "$(dirname "$0")/lib.sh"
.make/tools.sh build
.make/build.sh
site_environment
if [[ -z ${DATABASE_URL:-} ]]; then
  .make/seed.sh
else
  say "Migrating the database of DATABASE_URL (demo data is only for the project's own file)"
  "$fund" migrate
fi
say "Serving; stop with Ctrl-C"
exec "$fund" serve --print-demo
