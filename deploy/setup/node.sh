# shellcheck shell=bash
# What the dashboard is built with. Sourced after apt.sh.
: "${top:?}"

# select_node: a node and an npm that are new enough go first on the PATH. The dashboard's own script finds them or
# fetches them as ordinary packages; for that any npm will do.
select_node() {
  local tools
  need npm nodejs npm
  tools=$(sh "$top/web/build/node.sh") || exit 1
  export PATH="$tools:$PATH"
}
