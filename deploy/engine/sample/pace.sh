# shellcheck shell=sh
# Chance and waiting, for the sample stack's scripts. Each of them is its container's first process, which hears a
# signal only when it asks to: so they all end at once on SIGTERM, as well-behaved programs do.
trap 'echo "Received signal 15: terminating."; exit 0' TERM INT

# between LOW HIGH: a whole number, both ends included.
between() { echo $(($1 + $(od -An -N2 -tu2 /dev/urandom) % ($2 - $1 + 1))); }

# one_of "A B C": one of the words.
one_of() {
  # shellcheck disable=SC2086 # the words are meant to fall apart
  set -- $1
  shift "$(($(between 1 $#) - 1))"
  echo "$1"
}

# pause SECONDS: sleeps, and still hears the signal.
pause() {
  sleep "$1" &
  wait $!
}
