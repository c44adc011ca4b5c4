#!/usr/bin/env bash
# The books' part of `make bench`: the Fund's position and the trial balance at 1,000, 100,000 and 1,000,000 postings,
# each in a database of its own, which check-books proves before anything is measured.
# Usage: bench-books.sh FOLDER   (on throw-away databases of TEST_POSTGRES_URL when set, else on SQLite in the folder)
. "$(dirname "$0")/lib.sh"
require_build
folder=${1:?usage: bench-books.sh FOLDER}
mkdir -p "$folder"
unset SMTP_URL
export DATA_DIR="$folder"
files=()
for postings in 1000 100000 1000000; do
  if [[ -n ${TEST_POSTGRES_URL:-} ]]; then
    psql --quiet --no-psqlrc "$TEST_POSTGRES_URL" --command "CREATE DATABASE books_$postings"
    export DATABASE_URL="${TEST_POSTGRES_URL%/*}/books_$postings"
  else
    export DATABASE_URL="sqlite://$folder/books-$postings.db"
  fi
  say "Seeding $postings postings"
  "$fund" migrate
  "$fund" seed-bench --applications 20 --postings "$postings" >"$folder/seed.json"
  started=$SECONDS
  "$fund" check-books
  say "check-books took $((SECONDS - started)) seconds"
  "$fund" bench-books | tee "$folder/books-$postings.json"
  files+=("$folder/books-$postings.json")
  [[ -n ${TEST_POSTGRES_URL:-} ]] || rm -f "$folder/books-$postings.db"*
done
say "Position and trial balance: medians, and what each was measured beside"
node end2end/tools/bench-books.mjs "${files[@]}"
