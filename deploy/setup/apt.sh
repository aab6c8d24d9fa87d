# shellcheck shell=bash
# Installs Debian packages that are missing. Sourced after say.sh.
: "${top:?}"

# can_install: whether packages can be installed (root on a Debian-like system).
can_install() { have apt-get && [ "$(id -u)" = 0 ]; }

apt_updated=

# apt_update: fetches the lists, once per run and only if a package is needed.
apt_update() {
  [ -z "$apt_updated" ] || return 0
  step "Fetching Debian's package lists"
  quietly apt-get update -q || say "apt-get update failed in part; continuing with the existing lists."
  apt_updated=yes
}

# quietly COMMAND…: sends the output to .run/setup.log.
quietly() {
  mkdir -p "$top/.run"
  DEBIAN_FRONTEND=noninteractive "$@" </dev/null >>"$top/.run/setup.log" 2>&1
}

# apt_candidate PACKAGE: prints the version that would be installed; nothing if there is none.
apt_candidate() {
  apt-cache policy "$1" 2>/dev/null | awk '$1 == "Candidate:" && $2 != "(none)" { print $2 }'
}

# apt_install PACKAGE…: installs without recommended packages and without starting services.
apt_install() {
  apt_update
  step "Installing $*"
  local policy=/usr/sbin/policy-rc.d ours=
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    ours=yes
  fi
  local status=0
  quietly apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" || status=$?
  [ -z "$ours" ] || rm -f "$policy"
  if [ "$status" != 0 ]; then
    tail -n 15 "$top/.run/setup.log" >&2
    die "Installing $* failed; the full output is in .run/setup.log."
  fi
}

# need COMMAND PACKAGE…: installs the packages if the command is missing, or exits with the name of the package.
need() {
  local command=$1
  shift
  have "$command" && return 0
  can_install || die "Please install $command first (Debian's package: $1)."
  apt_install "$@"
  have "$command" || die "$command is missing although $* is installed."
}
