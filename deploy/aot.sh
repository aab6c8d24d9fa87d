# shellcheck shell=bash
# The AOT cache next to the jars: the result of a training run, for the JVM's next start. It is valid for one JVM, one set
# of flags and one jar; see docs/decisions/aot-cache.md. Sourced by dockrelay and train, which set these:
: "${here:?}" "${jars:?}"

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
cache=$jars/dockrelay.aot

# cache_serves: the JVM and flags that a cache made now is valid for; fails if the JVM has no such cache (before Java 25).
cache_serves() {
  local home=${JAVA_HOME:-} release
  if [ -z "$home" ]; then
    home=$(readlink -f "$(command -v java)") || return 1
    home=${home%/bin/java}
  fi
  release=$(cat "$home/release" 2>/dev/null) || return 1
  [[ "$release" =~ JAVA_VERSION=\"([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge 25 ] || return 1
  printf '%s\n%s\n%s\n' "$home" "$release" "$(cat "$here/java.options")"
}

# cache_fits: whether there is a valid cache for this JVM, these flags and this jar.
cache_fits() {
  [ -f "$cache" ] && [ -f "$cache.serves" ] && [ ! "$jars/dockrelay.jar" -nt "$cache" ] &&
    [ "$(cat "$cache.serves")" = "$(cache_serves)" ]
}
