#!/usr/bin/env bash
# The contributions' part of `make bench`: the statement of contributions over 20 fiscal years, and a bank statement of
# 10,000 lines imported and taken, each beside its floor; check-books proves the books before and after.
# Usage: bench-contributions.sh FOLDER   (on throw-away databases of TEST_POSTGRES_URL when set, else on SQLite in the folder)
. "$(dirname "$0")/lib.sh"
require_build
folder=${1:?usage: bench-contributions.sh FOLDER}
mkdir -p "$folder"
unset SMTP_URL
export DATA_DIR="$folder"

# run_sql SQL: by the server's administrative database
run_sql() { psql --quiet --no-psqlrc "$TEST_POSTGRES_URL" --command "$1"; }

if [[ -n ${TEST_POSTGRES_URL:-} ]]; then
  run_sql "CREATE DATABASE contributions"
  export DATABASE_URL="${TEST_POSTGRES_URL%/*}/contributions"
  copy="${TEST_POSTGRES_URL%/*}/contributions_copy"
else
  export DATABASE_URL="sqlite://$folder/contributions.db"
  copy="sqlite://$folder/contributions-copy.db"
fi
say "Seeding 500 pledges in each of 20 fiscal years"
"$fund" migrate
"$fund" seed-bench --applications 20 --pledges-a-year 500 >"$folder/seed.json"
"$fund" check-books
# The floor of the import is measured on a copy: the same rows would be refused where they are.
if [[ -n ${TEST_POSTGRES_URL:-} ]]; then
  run_sql "CREATE DATABASE contributions_copy TEMPLATE contributions"
else
  cp "$folder/contributions.db" "$folder/contributions-copy.db"
fi
say "Reading the statement of contributions"
"$fund" bench-contributions | tee "$folder/contributions.json"
say "Importing a bank statement of 10,000 lines, and taking its lines"
"$fund" bench-bank-statement --lines 10000 --copy "$copy" | tee "$folder/bank-statement.json"
"$fund" check-books
[[ -n ${TEST_POSTGRES_URL:-} ]] || rm -f "$folder"/contributions*.db*
say "Contributions, and what each was measured beside"
node end2end/tools/bench-contributions.mjs "$folder/contributions.json" "$folder/bank-statement.json"
