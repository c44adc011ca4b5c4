#!/usr/bin/env bash
# `make bench`: measures the release server on 1,000, 10,000 and 100,000 applications, the books on up to 1,000,000
# postings, and a bank statement of 10,000 lines and the contributions of 20 years, on SQLite, and with BENCH_POSTGRES=1
# on a throw-away PostgreSQL too. Exit code 1 when a page is missing or costs more the more applications there
# are, the books cost more the longer they are, or check-books or a repeated import finds what it should not.
. "$(dirname "$0")/lib.sh"
.make/tools.sh build
.make/build.sh
# A server that somebody's shell names is not the throw-away one of this script.
unset TEST_POSTGRES_URL
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
result=0

# measure DATABASE [WRAPPER]
measure() {
  local database=$1 applications
  shift
  for applications in 1000 10000 100000; do
    "$@" .make/bench-size.sh "$applications" "$folder/$database/$applications"
    rm -f "$folder/$database/$applications"/fund.db*
  done
  say "Compared on $database"
  node end2end/tools/bench.mjs compare "$folder/$database"/{1000,10000,100000} || result=1
  "$@" .make/bench-books.sh "$folder/$database/books" || result=1
  "$@" .make/bench-contributions.sh "$folder/$database/contributions" || result=1
}

say "Measuring takes about 25 minutes a database, and 8 GB of disk; nothing else should run meanwhile"
measure SQLite
if [[ ${BENCH_POSTGRES:-} == 1 ]]; then
  say "PostgreSQL: it does not wait for the disk here, so its ledger figures flatter it"
  measure PostgreSQL .make/with-postgres.sh
fi
((result == 0)) || fail "a page was missing, refused or slower with more applications, the books cost more the longer they are, or a bench failed; see above"
