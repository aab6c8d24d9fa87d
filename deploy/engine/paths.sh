# shellcheck shell=bash
# The paths of a private engine. Sourced with the engine's folder in $1; sets:
#   dir         the folder, absolute
#   state       the folder of sockets and containers' run-time state
#   socket      the API socket
#   containerd  the engine's own containerd: its socket; the configuration is next to it
# A socket's path must stay below 108 bytes, so that the state of a folder with a long path is below /run, in
# a folder named by a checksum.

dir=$(realpath -m "$1")
state=$dir/exec
socket=$dir/docker.sock
if [ "${#dir}" -gt 60 ]; then
  state=/run/dockrelay-$(printf '%s' "$dir" | cksum | cut -d ' ' -f 1)
  socket=$state/docker.sock
fi
containerd=$state/containerd.sock

on_engine() { docker -H "unix://$socket" "$@"; }

answers() { on_engine version >/dev/null 2>&1; }
