# shellcheck shell=sh
# Random numbers and waiting, for the sample stack's scripts. Each is its container's first process, which gets a signal
# only if it has a handler: this one ends the script at once on SIGTERM.
trap 'echo "Received signal 15: terminating."; exit 0' TERM INT

# between LOW HIGH: a whole number, both ends included.
between() { echo $(($1 + $(od -An -N2 -tu2 /dev/urandom) % ($2 - $1 + 1))); }

# one_of "A B C": one of the words.
one_of() {
  # shellcheck disable=SC2086 # a list of words
  set -- $1
  shift "$(($(between 1 $#) - 1))"
  echo "$1"
}

# pause SECONDS: sleeps, and still reacts to the signal.
pause() {
  sleep "$1" &
  wait $!
}
