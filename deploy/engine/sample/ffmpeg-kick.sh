#!/bin/sh
# Output like ffmpeg's: a head on stderr, then one status line that it rewrites with \r and never ends.
# shellcheck source=pace.sh
. /opt/pace.sh

cat >&2 <<'END'
ffmpeg version 6.1.1 Copyright (c) 2000-2023 the FFmpeg developers
  built with gcc 13.2.0
Input #0, live_flv, from 'rtmp://multiplexer:1935/live/main':
  Duration: N/A, start: 0.023000, bitrate: N/A
  Stream #0:0: Video: h264 (High), yuv420p(tv, bt709), 1920x1080, 6000 kb/s, 60 fps
  Stream #0:1: Audio: aac (LC), 48000 Hz, stereo, fltp, 160 kb/s
Output #0, flv, to 'rtmps://ingest.kick.example:443/app/********':
Stream mapping:
  Stream #0:0 -> #0:0 (copy)
  Stream #0:1 -> #0:1 (copy)
Press [q] to stop, [?] for help
END
touch /tmp/connected
frame=0
while :; do
  frame=$((frame + 30))
  second=$((frame / 60))
  printf 'frame=%6d fps= 60 q=-1.0 size=%9dKiB time=%02d:%02d:%02d.%02d bitrate=%d.%dkbits/s speed=1.0%dx    \r' \
    "$frame" "$((second * 764))" "$((second / 3600))" "$((second / 60 % 60))" "$((second % 60))" \
    "$((second * 37 % 100))" "$(between 6020 6290)" "$(between 0 9)" "$(between 0 1)" >&2
  pause 0.5
done
