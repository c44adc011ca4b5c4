#!/usr/bin/env bash
# `make bench`: measures the release server; `fund bench` seeds its own databases and prints the figures.
. "$(dirname "$0")/lib.sh"
.make/tools.sh build
.make/build.sh
site_environment
say "Measuring with 1,000 and with 10,000 applications"
exec "$fund" bench "$@"
