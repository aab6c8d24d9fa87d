# shellcheck shell=bash
# Finds processes that a test run left behind: each inherits the run's mark in its environment. Sourced after say.sh.

# marked MARK: the processes with that word in their environment, but for this shell and its own children.
marked() {
  local folder pid parent
  for folder in /proc/[0-9]*; do
    pid=${folder#/proc/}
    if { tr '\0' '\n' <"$folder/environ"; } 2>/dev/null | grep -qxF -- "$1"; then
      read -r parent < <(awk '$1 == "PPid:" { print $2 }' "$folder/status" 2>/dev/null || echo 0)
      if [ "$pid" != $$ ] && [ "$parent" != $$ ]; then echo "$pid"; fi
    fi
  done
}

none_marked() { [ -z "$(marked "$1")" ]; }

# report_leftovers MARK: succeeds when nothing is left; otherwise names each process and ends it.
report_leftovers() {
  local pid
  within 5 none_marked "$1" && return 0
  say "These processes were left behind by the tests, and are ended now:"
  for pid in $(marked "$1"); do
    say "  $pid $({ tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null | cut -c 1-150)"
    kill -KILL "$pid" 2>/dev/null || true
  done
  return 1
}
