# shellcheck shell=bash
# Finds processes that a test run left running, by a variable that each inherits. Sourced after say.sh.

# marked MARK: the processes with that word in their environment, except this shell and its children.
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

# report_leftovers MARK: succeeds if nothing is left; otherwise prints and kills each process.
report_leftovers() {
  local pid
  within 5 none_marked "$1" && return 0
  say "The tests left these processes running; they are killed now:"
  for pid in $(marked "$1"); do
    say "  $pid $({ tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null | cut -c 1-150)"
    kill -KILL "$pid" 2>/dev/null || true
  done
  return 1
}
