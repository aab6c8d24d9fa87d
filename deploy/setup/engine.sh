# shellcheck shell=bash
# The container engine that ./run works with. Sourced after apt.sh.
: "${top:?}"

# A sentence's worth of what to do when no engine answers and we may not help.
no_engine() {
  die "No container engine answers here: start Docker or Podman, or name one in DOCKER_HOST${1:-}."
}

# socket_answers PATH: whether an engine behind a unix socket answers its ping.
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

# host_answers: whether the engine of DOCKER_HOST or of Docker's chosen context answers.
host_answers() {
  case "${DOCKER_HOST:-}" in
  unix://*) socket_answers "${DOCKER_HOST#unix://}" ;;
  *) have docker && timeout 10 docker version >/dev/null 2>&1 ;;
  esac
}

# find_engine: succeeds when one answers; names it in DOCKER_HOST unless it would be found there anyway.
find_engine() {
  local socket
  host_answers && return 0
  if [ -n "${DOCKER_HOST:-}" ]; then
    # Without a docker command a TCP engine is taken at its word: the controller says what it finds.
    case "$DOCKER_HOST" in
    tcp://* | http://* | https://*) have docker || return 0 ;;
    esac
    die "DOCKER_HOST names $DOCKER_HOST, but no engine answers there: start it, or unset DOCKER_HOST."
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

# start_private_engine: installs Docker where it is missing, starts an engine of our own and its sample stack.
# Sets DOCKER_HOST. The caller stops it with stop_private_engine.
start_private_engine() {
  local socket
  can_install || no_engine " (as root on Debian or Ubuntu, ./run can start one of its own)"
  say "No container engine answers here, so Dockrelay starts one of its own in .run/engine (--no-engine refuses that)."
  have dockerd || apt_install docker.io
  have docker || apt_install docker-cli
  have iptables || apt_install iptables # dockerd looks for it even when told not to use it
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
