#!/usr/bin/env bash
# `make clean`: deletes what can be built or installed again. data/ stays.
. "$(dirname "$0")/lib.sh"
say "Deleting target/, .tools/, end2end/node_modules/ and end2end/results/"
rm -rf target .tools end2end/node_modules end2end/results
