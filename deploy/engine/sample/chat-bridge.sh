#!/bin/sh
# A logger that colours its levels, with emoji and other alphabets.
# shellcheck source=pace.sh
. /opt/pace.sh

level() { printf '%s \033[%sm%-5s\033[0m \033[2mchat\033[0m %s\n' "$(date +%H:%M:%S)" "$1" "$2" "$3"; }

level 32 INFO 'joined #latestrelayer on 2 platforms'
while :; do
  case $(between 1 8) in
  1) level 33 WARN 'rate limit: waiting 2 s before the next message' >&2 ;;
  2) level 31 ERROR 'youtube: 403 liveChatEnded' >&2 ;;
  3) level 36 DEBUG 'ping 41 ms' ;;
  4) level 32 INFO 'おはよう from mika 🎉' ;;
  5) level 32 INFO 'привет from oleg' ;;
  *) level 32 INFO "message $(between 1000 9999) relayed kick → youtube" ;;
  esac
  pause "$(between 2 9)"
done
