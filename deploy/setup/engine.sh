# shellcheck shell=bash
# Finds or starts the container engine for ./run. Sourced after apt.sh.
: "${top:?}"

# no_engine [MORE]: exits with a sentence that says how to provide an engine.
no_engine() {
  die "No container engine can be reached: start Docker or Podman, or set DOCKER_HOST${1:-}."
}

# socket_answers PATH: whether an engine answers a ping on this unix socket.
socket_answers() {
  [ -S "$1" ] || return 1
  if have curl; then
    curl -sf --max-time 5 --unix-socket "$1" http://engine/_ping >/dev/null
  elif have docker; then
    timeout 5 docker -H "unix://$1" version >/dev/null 2>&1
  elif have perl; then
    # shellcheck disable=SC2016 # Perl's variables
    timeout 5 perl -MIO::Socket::UNIX -e '
      my $s = IO::Socket::UNIX->new($ARGV[0]) or exit 1;
      print $s "GET /_ping HTTP/1.0\r\n\r\n";
      exit(<$s> =~ / 200 / ? 0 : 1)' "$1" 2>/dev/null
  fi
}

# host_answers: whether the engine of DOCKER_HOST or of Docker's current context answers.
host_answers() {
  case "${DOCKER_HOST:-}" in
  unix://*) socket_answers "${DOCKER_HOST#unix://}" ;;
  *) have docker && timeout 10 docker version >/dev/null 2>&1 ;;
  esac
}

# find_engine: succeeds if an engine answers; sets DOCKER_HOST unless the engine is found without it.
find_engine() {
  local socket
  host_answers && return 0
  if [ -n "${DOCKER_HOST:-}" ]; then
    # Without a docker command a TCP engine cannot be checked; the controller reports problems.
    case "$DOCKER_HOST" in
    tcp://* | http://* | https://*) have docker || return 0 ;;
    esac
    die "DOCKER_HOST is $DOCKER_HOST, but no engine answers there: start it, or unset DOCKER_HOST."
  fi
  for socket in /var/run/docker.sock "${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/docker.sock" \
    "$HOME/.docker/run/docker.sock" "$HOME/.docker/desktop/docker.sock" \
    "${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/podman/podman.sock" /run/podman/podman.sock; do
    if socket_answers "$socket"; then
      export DOCKER_HOST=unix://$socket
      return 0
    fi
  done
  return 1
}

private_engine=$top/.run/engine

# start_private_engine: installs Docker if it is missing, starts a private engine and the sample stack, and sets
# DOCKER_HOST. The caller stops it with stop_private_engine.
start_private_engine() {
  local socket
  can_install || no_engine " (as root on Debian or Ubuntu, ./run can start a private one)"
  say "No container engine can be reached, so Dockrelay starts a private one in .run/engine (--no-engine prevents that)."
  have dockerd || apt_install docker.io
  have docker || apt_install docker-cli
  have iptables || apt_install iptables # dockerd needs it even with --iptables=false
  have busybox || apt_install busybox-static
  step "Starting a private engine"
  socket=$("$top/deploy/engine/start" "$private_engine") || exit 1
  step "Starting the sample stack"
  "$top/deploy/engine/sample-stack" "$socket"
  export DOCKER_HOST=unix://$socket
}

stop_private_engine() {
  step "Stopping the private engine"
  "$top/deploy/engine/stop" "$private_engine"
}
