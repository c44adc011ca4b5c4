#!/usr/bin/env bash
# Builds the release server and the browser's files, unless no source is newer than the last complete build.
. "$(dirname "$0")/lib.sh"

sources=(Cargo.toml Cargo.lock .cargo app server migrations style end2end/tools/precompress.mjs
  end2end/package-lock.json .make/build.sh)
if [[ -f $build_stamp && -x $fund && -d target/site/pkg ]] &&
  [[ -z $(find "${sources[@]}" -newer "$build_stamp" -print -quit) ]]; then
  say "The release build is up to date"
  exit 0
fi

say "Building the release server (first time about 12 minutes)"
mkdir -p target/release
rm -f "$build_stamp"
# The time before the build, so that a file saved while it runs counts as newer.
touch "$build_stamp.started"
# Files of an earlier build carry other hashes, and cargo-leptos would take them for its own.
rm -rf target/site
cargo leptos build --release

# Type declarations are for TypeScript projects; nobody loads them.
find target/site/pkg -name '*.d*.ts' -delete
say "Compressing the static files"
node end2end/tools/precompress.mjs target/site
mv "$build_stamp.started" "$build_stamp"
