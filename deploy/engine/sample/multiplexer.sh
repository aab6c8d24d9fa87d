#!/bin/sh
# Many lines: JSON on stdout, warnings between them on stderr, some twenty lines per second.
# shellcheck source=pace.sh
. /opt/pace.sh

echo '{"level":"info","msg":"multiplexer 2.4.0 listening","rtmp":1935,"http":8081}'
packet=0
while :; do
  for target in kick youtube archive kick youtube archive kick youtube archive; do
    packet=$((packet + 1))
    echo "{\"level\":\"debug\",\"msg\":\"packet forwarded\",\"target\":\"$target\",\"packet\":$packet,\"bytes\":$((900 + packet * 7919 % 14000)),\"queue\":$((packet * 31 % 12))}"
    if [ $((packet % 37)) = 0 ]; then
      echo "{\"level\":\"warn\",\"msg\":\"queue above its mark\",\"target\":\"$target\",\"queue\":$((64 + packet % 200)),\"dropped\":$((packet % 5))}" >&2
    fi
  done
  pause 0.45
done
