#!/usr/bin/env bash
# `make reset-demo`: deletes data/ (database, documents, mails) and seeds the demo data anew.
. "$(dirname "$0")/lib.sh"
.make/tools.sh build
.make/build.sh
say "Deleting data/"
rm -rf data
.make/seed.sh
