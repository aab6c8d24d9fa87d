# shellcheck shell=bash
# Output and process helpers of all scripts. Sourced, never run; sets top, the checkout's folder.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export top

say() { printf '%s\n' "$*" >&2; }

# step TEXT: one line of progress.
step() { printf '\033[2m▸\033[0m %s\n' "$*" >&2; }
if [ ! -t 2 ]; then step() { printf '> %s\n' "$*" >&2; }; fi

# die TEXT: prints one sentence and exits with 1.
die() {
  say "$*"
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# alive PID: whether the process runs. A zombie does not, though kill -0 reaches it.
alive() {
  if [ -z "$1" ] || ! kill -0 "$1" 2>/dev/null; then return 1; fi
  [ ! -r "/proc/$1/stat" ] || [[ "$(cat "/proc/$1/stat" 2>/dev/null)" != *") Z "* ]]
}

# pid_in FILE: the number written there, or nothing.
pid_in() {
  local pid=
  if [ -f "$1" ]; then read -r pid <"$1" || true; fi
  if [[ "$pid" =~ ^[0-9]+$ ]]; then printf '%s' "$pid"; fi
}

# within SECONDS COMMAND…: runs the command ten times per second until it succeeds; fails after SECONDS.
within() {
  local tries=$(($1 * 10))
  shift
  until "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.1
  done
}

# dead PID: for `within`.
dead() { ! alive "$1"; }

# end_process PID SECONDS: SIGTERM, then SIGKILL after SECONDS. Never fails, also if the process ends at the same moment:
# a cleanup under `set -e` must go on to the next process.
end_process() {
  alive "$1" || return 0
  kill -TERM "$1" 2>/dev/null || true
  if ! within "$2" dead "$1"; then
    kill -KILL "$1" 2>/dev/null || true
    within 2 dead "$1" || true
  fi
}

# private_file FILE: an empty file that only its owner can read.
private_file() {
  rm -f "$1"
  (umask 077 && : >"$1")
}

# set_up_sentence LOG: the relay's sentence with the link that makes the first user, if it has logged one.
set_up_sentence() { grep -oE 'There is no user yet\..*' "$1" || true; }
