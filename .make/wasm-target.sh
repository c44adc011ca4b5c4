#!/usr/bin/env bash
# Gives the compiler its wasm32 standard library: by rustup, or where rustup is refused, built from Debian's
# source package of the same compiler version.
. "$(dirname "$0")/lib.sh"

target=wasm32-unknown-unknown
sysroot=$(rustc --print sysroot)
library="$sysroot/lib/rustlib/$target"
compgen -G "$library/lib/libstd-*.rlib" >/dev/null && exit 0

say "Adding the compiler's target $target"
if command -v rustup >/dev/null && rustup target add "$target"; then
  exit 0
fi

version=$(rustc --version | cut -d' ' -f2)
say "rustup cannot fetch it; building it from Debian's rust-src $version (about a minute)"
command -v apt-get >/dev/null || fail "there is no apt-get either; please add the target $target by hand"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# apt with lists and cache of its own: another suite's packages are read without adding the suite to the
# machine, from the mirror that the machine uses already.
# shellcheck disable=SC2016  # apt-get fills in the names
mirror=$(apt-get indextargets --format '$(REPO_URI) $(LABEL)' 'Created-By: Packages' |
  sed -n 's/ Debian$//p' | head -n 1)
[[ -n $mirror ]] || fail "no Debian mirror is configured; please add the target $target by hand"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/package"
apt=(apt-get -q -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
  -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
for suite in trixie-backports trixie testing unstable; do
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$work/sources.list"
  "${apt[@]}" update || continue
  (cd "$work" && "${apt[@]}" download "rust-src=$version*") && break
done
compgen -G "$work/rust-src_*.deb" >/dev/null || fail "no Debian suite has rust-src $version"
dpkg-deb --extract "$work"/rust-src_*.deb "$work/package"

# -Zbuild-std looks for the sources inside the toolchain.
mkdir -p "$sysroot/lib/rustlib/src/rust"
rm -rf "$sysroot/lib/rustlib/src/rust/library"
cp -R "$work/package/usr/src/rustc-$version/library" "$sysroot/lib/rustlib/src/rust/library"

say "Compiling the standard library for $target"
cargo new --quiet --vcs none --lib --name nothing "$work/nothing"
# RUSTC_BOOTSTRAP lets the stable compiler take the option; the result is that compiler's own library.
(cd "$work/nothing" && RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/out" \
  cargo build --release "-Zbuild-std=std,panic_abort,proc_macro" --target "$target")

# Moved into place when whole; anything left from another attempt would be a second candidate for `std`.
rm -rf "$library" "$library.new"
mkdir -p "$library.new/lib"
for file in "$work/out/$target/release/deps"/*.rlib; do
  [[ $(basename "$file") == libnothing-* ]] || cp "$file" "$library.new/lib/"
done
mv "$library.new" "$library"
say "The target $target is ready"
