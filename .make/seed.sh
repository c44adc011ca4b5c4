#!/usr/bin/env bash
# Migrates data/fund.db, and fills it with demo data if it is new. Data that is there is kept.
. "$(dirname "$0")/lib.sh"
require_build
site_environment
unset DATABASE_URL DATA_DIR

if [[ -f data/fund.db ]]; then
  say "Migrating data/fund.db"
  exec "$fund" migrate
fi
# Half a seeding would pass for a finished one at the next start.
trap 'rm -f data/fund.db data/fund.db-shm data/fund.db-wal' EXIT
say "Seeding demo data into data/fund.db"
mkdir -p data
"$fund" migrate
"$fund" seed-demo
trap - EXIT
