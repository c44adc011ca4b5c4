#!/usr/bin/env bash
# `make crash-test`: kills `fund serve` with SIGKILL at random moments during a stream of receipts, commitments and
# disbursements, on SQLite and on PostgreSQL with two servers, and proves that nothing was lost or done twice.
# CRASH_KILLS=N says how often on each (200), CRASH_SEED=N repeats the chance of an earlier run, which prints it.
. "$(dirname "$0")/lib.sh"
trap 'exit 130' INT TERM
.make/tools.sh test
export CRASH_KILLS=${CRASH_KILLS:-200} SMTP_TEST_SERVER="$root/end2end/tools/smtp-server.mjs" CI=${CI:-1}
.make/with-postgres.sh cargo nextest run --workspace --test all --no-fail-fast --no-capture proof::crash::
