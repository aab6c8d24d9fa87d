# shellcheck shell=bash
# Just enough HTTP and settings to wait for our own program without curl. Sourced after say.sh.
: "${top:?}"

# listens HOST PORT: whether anybody accepts connections there.
listens() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

# http_ok HOST PORT PATH: whether GET answers 200.
http_ok() (
  exec 3<>"/dev/tcp/$1/$2" || exit 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$3" >&3
  read -r -t 5 answer <&3 && [[ "$answer" == HTTP/1.?" 200 "* ]]
) 2>/dev/null

# setting FILE KEY VARIABLE DEFAULT: the environment's value, or the configuration file's, or the default.
setting() {
  local value=${!3:-} file=$DOCKRELAY_CONF/$1.json
  if [ -z "$value" ] && [ -f "$file" ]; then
    value=$(sed -n "s/^ *\"$2\": *\"\{0,1\}\([^\",]*\).*/\1/p" "$file")
  fi
  printf '%s' "${value:-$4}"
}

# reachable ADDRESS: where to knock when something is bound there.
reachable() {
  case "$1" in
  '' | 0.0.0.0 | :: | '[::]') echo 127.0.0.1 ;;
  *) echo "$1" ;;
  esac
}
