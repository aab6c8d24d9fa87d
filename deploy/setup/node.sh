# shellcheck shell=bash
# A node that the dashboard's build accepts: the one that is there, the distribution's, or npm's own package of it.
# Sourced after apt.sh.
: "${top:?}"

# node_suits COMMAND: 20.19 and later 20s, or 22.12 and later.
node_suits() {
  local version major minor
  version=$("$1" --version 2>/dev/null) || return 1
  IFS=. read -r major minor _ <<<"${version#v}"
  { [ "$major" = 20 ] && [ "$minor" -ge 19 ]; } || { [ "$major" = 22 ] && [ "$minor" -ge 12 ]; } || [ "$major" -gt 22 ]
}

# The first suitable one that has an npm beside it goes first on the PATH.
find_node() {
  local folder
  for folder in "$(dirname "$(command -v node || echo /nowhere/node)")" "$top"/.run/node/node_modules/.bin \
    /usr/local/bin /opt/node*/bin "$HOME"/.nvm/versions/node/*/bin "$HOME"/.volta/bin \
    "$HOME"/.local/share/mise/installs/node/*/bin "$HOME"/.asdf/installs/nodejs/*/bin; do
    if [ -x "$folder/node" ] && [ -x "$folder/npm" ] && node_suits "$folder/node"; then
      export PATH="$folder:$PATH"
      return 0
    fi
  done
  return 1
}

# Debian 12's node is too old to build with, but its npm can fetch a newer one as a package.
node_from_npm() {
  local arch
  case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) arch=linux-x64 ;;
  Linux-aarch64) arch=linux-arm64 ;;
  *) return 1 ;;
  esac
  have npm || { can_install && apt_install nodejs npm; } || return 1
  step "Fetching node 22 with npm"
  quietly npm install --no-audit --no-fund --no-save --prefix "$top/.run/node" "node-$arch@22" npm@11
}

select_node() {
  find_node && return 0
  if can_install; then
    apt_update
    case "$(apt_candidate nodejs)" in
    20.19.* | 20.[2-9][0-9].* | 22.1[2-9].* | 22.[2-9][0-9].* | 2[3-9].*) apt_install nodejs npm ;;
    esac
    find_node && return 0
  fi
  node_from_npm && find_node && return 0
  die "Please install node 20.19 or newer, with npm: the dashboard is built with it."
}
