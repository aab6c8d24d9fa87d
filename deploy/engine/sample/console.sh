#!/bin/sh
# On a terminal: a shell's prompt with colours, one stream, \r\n at the ends of lines.
# shellcheck source=pace.sh
. /opt/pace.sh

prompt() { printf '\033[1;32mstream@console\033[0m:\033[1;34m~\033[0m$ %s\n' "$1"; }
while :; do
  prompt 'uptime'
  uptime
  pause "$(between 5 9)"
  prompt 'stream-status --short'
  printf '\033[32m●\033[0m kick      live    6.1 Mbit/s\n\033[31m●\033[0m youtube   retry   –\n\033[33m●\033[0m archive   behind  4.8 Mbit/s\n'
  pause "$(between 10 25)"
done
