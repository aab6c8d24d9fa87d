# shellcheck shell=bash
# The node and npm that build the dashboard. Sourced after apt.sh.
: "${top:?}"

# select_node: puts a new enough node and npm first on the PATH. The dashboard's own script finds them, or fetches them as
# ordinary packages, for which any npm is enough.
select_node() {
  local tools
  need npm nodejs npm
  tools=$(sh "$top/web/build/node.sh") || exit 1
  export PATH="$tools:$PATH"
}
