# shellcheck shell=bash
# Builds the program when its sources changed. Sourced after jdk.sh and node.sh.
: "${top:?}"

program=$top/.run/program # a copy of the jars, so that a later build does not change a running program

# sources FIND-TEST…: the program's sources, without tests and build results.
sources() {
  (
    cd "$top" || exit
    find pom.xml .mvn conf protocol client settings listener record vertx-docker controller-verticle web relay-verticle cluster \
      deploy/pom.xml deploy/build deploy/src \
      \( -name target -o -name node_modules -o -name dist -o -path '*/src/test' \) -prune -o "$@" -print 2>/dev/null || true
  )
}

sources_checksum() {
  sources -type f | LC_ALL=C sort | (cd "$top" && tr '\n' '\0' | xargs -0 sha256sum) | sha256sum | cut -d ' ' -f 1
}

# built_already: whether another build, such as ./test, made the jars from these sources.
built_already() {
  local jar=$top/deploy/target/dockrelay.jar
  [ -f "$jar" ] && [ -f "$top/deploy/target/dockrelay-cluster.jar" ] &&
    [ -z "$(sources \( -type f -o -path '*/src/*' \) -newer "$jar" | head -n 1)" ]
}

# build_when_needed: builds if a source changed; prints one line per module.
build_when_needed() {
  local sources jar
  mkdir -p "$program"
  # One build at a time; a second caller waits and finds it done.
  exec 9>"$top/.run/build.lock"
  if have flock; then flock 9; fi
  sources=$(sources_checksum)
  if [ -f "$program/dockrelay.jar" ] && [ "$(cat "$program/sources" 2>/dev/null)" = "$sources" ]; then
    exec 9>&-
    return 0
  fi
  built_already || build
  for jar in dockrelay dockrelay-cluster; do
    cp "$top/deploy/target/$jar.jar" "$program/$jar.new"
    mv "$program/$jar.new" "$program/$jar.jar"
  done
  echo "$sources" >"$program/sources"
  exec 9>&-
}

# Without the format check, which ./test runs.
build() {
  select_node
  need mvn maven
  step "Building (the first time takes some minutes; the full output is in .run/build.log)"
  if ! maven_build; then
    grep -E '^\[ERROR\]' "$top/.run/build.log" | head -n 20 >&2 || tail -n 20 "$top/.run/build.log" >&2
    die "The build failed; the full output is in .run/build.log."
  fi
}

maven_build() {
  (cd "$top" && mvn -B -ntp -pl deploy -am -DskipTests -Dspotless.check.skip package </dev/null 2>&1) |
    tee "$top/.run/build.log" |
    sed -un 's/^\[INFO\] Building \(Dockrelay :: \)*\([^ ]*\) [^ ]* *\(\[.*\]\)$/  \3 \2/p' >&2
}
