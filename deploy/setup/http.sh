# shellcheck shell=bash
# HTTP, as far as ./run needs it to wait for the program without curl. Sourced after say.sh.
: "${top:?}"

# listens HOST PORT: whether the port accepts connections.
listens() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

# http_ok HOST PORT PATH: whether GET answers 200.
http_ok() (
  exec 3<>"/dev/tcp/$1/$2" || exit 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$3" >&3
  read -r -t 5 answer <&3 && [[ "$answer" == HTTP/1.?" 200 "* ]]
) 2>/dev/null

# reachable ADDRESS: prints the address to connect to for a server that binds to ADDRESS.
reachable() {
  case "$1" in
  '' | 0.0.0.0 | :: | '[::]') echo 127.0.0.1 ;;
  *) echo "$1" ;;
  esac
}
