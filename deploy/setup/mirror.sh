#!/usr/bin/env bash
# Prints the address of the Debian mirror that this machine's apt uses, for debootstrap and for other suites of it.
#
# Usage: mirror.sh
set -euo pipefail

# shellcheck disable=SC2016 # apt's own placeholders
apt-get indextargets --format '$(REPO_URI) $(SUITE) $(CODENAME) $(COMPONENT) $(ORIGIN)' 'Created-By: Packages' |
  awk '$4 == "main" && $5 == "Debian" && $3 !~ /-(security|updates|backports)/ { print $1; found = 1; exit }
    END { if (!found) { print "apt has no Debian mirror; run apt-get update first." >"/dev/stderr"; exit 1 } }'
