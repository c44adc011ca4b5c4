#!/usr/bin/env bash
# `make test`: every test and lint there is. A failed part does not stop the later ones; the table at the end tells.
. "$(dirname "$0")/lib.sh"
. .make/parts.sh
trap 'exit 130' INT TERM

say "Checking the tools (the first time some 8 minutes)"
started=$SECONDS
.make/tools.sh test
say "Tools ready after $((SECONDS - started)) seconds"

export SMTP_TEST_SERVER="$root/end2end/tools/smtp-server.mjs"
export PAIN_SCHEMA="$pain_schema"
part "Rust tests on SQLite and PostgreSQL" .make/with-postgres.sh cargo nextest run --workspace --no-fail-fast
part "Release build" .make/build.sh
part "Budgets of the built files" .make/budgets.sh
part "Browser journeys" .make/journeys.sh
part "Lints" .make/lint.sh
summary
