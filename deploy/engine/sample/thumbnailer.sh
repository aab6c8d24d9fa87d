#!/bin/sh
# Ran once and failed.
echo 'thumbnailer: 14 segments to do'
echo 'thumbnailer: segment-48211.ts: moov atom not found' >&2
printf 'thumbnailer: giving up'
exit 3
