#!/bin/sh
# The same with a destination that disconnects repeatedly: its health check never succeeds.
# shellcheck source=pace.sh
. /opt/pace.sh

attempt=0
while :; do
  attempt=$((attempt + 1))
  echo "[$(date +%H:%M:%S)] connecting to rtmp://a.rtmp.youtube.example/live2/**** (attempt $attempt)"
  pause "$(between 2 4)"
  echo "[rtmp @ 0x55d0c8] $(one_of 'Handshake-timed-out Connection-reset-by-peer Cannot-open-connection Broken-pipe' | tr - ' ')" >&2
  echo "av_interleaved_write_frame(): Input/output error" >&2
  echo "Conversion failed!" >&2
  pause "$(between 3 12)"
done
