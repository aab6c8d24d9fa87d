#!/bin/sh
# The crash loop: it comes up, misses its device and dies; its restart policy brings it back.
# shellcheck source=pace.sh
. /opt/pace.sh

echo 'transcoder: opening /dev/dri/renderD128'
pause "$(between 2 5)"
echo 'transcoder: fatal: no such device' >&2
exit 1
