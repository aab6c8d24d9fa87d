#!/bin/sh
# A web server's access log: visitors come in bursts, and now and then one is refused.
# shellcheck source=pace.sh
. /opt/pace.sh

addresses='203.0.113.7 198.51.100.23 192.0.2.146 203.0.113.88 198.51.100.4 2001:db8::5e1'
paths='/live/kick/index.m3u8 /live/kick/segment-SEQ.ts /live/youtube/index.m3u8 /live/youtube/segment-SEQ.ts /api/status /'

echo 'nginx: [notice] 1#1: using the "epoll" event method' >&2
echo 'nginx: [notice] 1#1: nginx/1.26.2' >&2
echo 'nginx: [notice] 1#1: start worker processes' >&2
touch /tmp/ready
sequence=48210
while :; do
  for _ in $(seq "$(between 1 7)"); do
    sequence=$((sequence + 1))
    path=$(one_of "$paths" | sed "s/SEQ/$sequence/")
    status=200
    if [ "$(between 1 25)" = 1 ]; then status=$(one_of '304 404 499 502'); fi
    echo "$(one_of "$addresses") - - [$(date '+%d/%b/%Y:%H:%M:%S +0000')] \"GET $path HTTP/1.1\" $status $(between 180 940000) \"-\" \"hls.js/1.5\" rt=0.0$(between 10 99)"
    if [ "$status" = 502 ]; then
      echo "$(date '+%Y/%m/%d %H:%M:%S') [error] 29#29: *$sequence connect() failed (111: Connection refused) while connecting to upstream, request: \"GET $path HTTP/1.1\", upstream: \"http://multiplexer:8081$path\"" >&2
    fi
  done
  pause "$(between 1 6)"
done
