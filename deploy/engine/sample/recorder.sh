#!/bin/sh
# It is paused.
# shellcheck source=pace.sh
. /opt/pace.sh

minute=0
while :; do
  minute=$((minute + 1))
  echo "recorder: wrote /recordings/main-$(date +%Y%m%d)-$minute.mkv"
  pause 20
done
