#!/usr/bin/env bash
# Provides `docker compose` (2.x) on a Debian whose docker-compose is 1.29: takes the package of Debian 13, one static
# program, from the mirror that apt uses, and links it as a plugin. It installs nothing.
#
# Usage: compose-v2.sh FOLDER
# Prints a folder for DOCKER_CONFIG that contains the plugin.
set -euo pipefail
. "$(dirname "$0")/say.sh"
. "$(dirname "$0")/apt.sh"

suite=trixie
if [ $# != 1 ] || [ "${1#-}" != "$1" ]; then die "Usage: deploy/setup/compose-v2.sh FOLDER"; fi
folder=$(realpath -m "$1")
plugin=$folder/cli-plugins/docker-compose

if [ ! -x "$plugin" ]; then
  can_install || die "This needs root on a Debian-like system."
  mirror=$("$top/deploy/setup/mirror.sh")
  mkdir -p "$folder"/apt/{lists/partial,cache/archives/partial} "$(dirname "$plugin")"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$folder/apt/sources.list"
  options=(-o "Dir::Etc::SourceList=$folder/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$folder/apt/lists" -o "Dir::Cache=$folder/apt/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none)
  step "Fetching docker compose 2 from Debian's $suite"
  quietly apt-get "${options[@]}" update -q || die "apt-get update for $suite failed; see .run/setup.log."
  (cd "$folder/apt" && quietly apt-get "${options[@]}" download docker-compose) ||
    die "docker-compose cannot be downloaded from Debian's $suite; see .run/setup.log."
  dpkg-deb --fsys-tarfile "$folder"/apt/docker-compose_*.deb | tar -x -C "$folder/apt"
  found=$(find "$folder/apt/usr" -name docker-compose -type f -size +1M | head -n 1)
  [ -n "$found" ] || die "The docker-compose package contains no program."
  mv "$found" "$plugin"
  rm -rf "$folder/apt"
fi
echo "$folder"
