# shellcheck shell=bash
# Sourced by test.sh and lint.sh: runs named parts one after the other whatever fails, then tells which did.
rows=()
failed_parts=0

# part NAME COMMAND...  (a program or script, not a shell function: `if` would switch off its `set -e`)
part() {
  local name=$1 started=$SECONDS result=passed
  shift
  say "$name"
  "$@" || result=FAILED
  [[ $result == passed ]] || failed_parts=$((failed_parts + 1))
  rows+=("$(printf '%-46s %-8s %6d' "$name" "$result" $((SECONDS - started)))")
}

# Prints the table and ends the script, with 1 if any part failed.
summary() {
  say "Summary"
  printf '%-46s %-8s %6s\n' Part Result Seconds
  printf '%s\n' "${rows[@]}"
  if ((failed_parts > 0)); then
    say "$failed_parts of ${#rows[@]} parts failed"
    exit 1
  fi
  say "All ${#rows[@]} parts passed"
}
