#!/bin/sh
# Few lines: one at start and one every few minutes.
# shellcheck source=pace.sh
. /opt/pace.sh

echo 'scheduler: 4 jobs loaded from /etc/jobs'
while :; do
  pause "$(between 120 300)"
  job=$(one_of 'rotate-keys prune-segments refresh-titles report-usage')
  echo "scheduler: $job finished in $(between 1 9).$(between 0 9) s"
done
