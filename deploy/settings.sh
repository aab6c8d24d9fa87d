# shellcheck shell=bash
# Single settings, for the scripts that need one before the program runs. Sourced by dockrelay and ./run.

# setting FILE KEY VARIABLE DEFAULT: prints the value of the environment, of the configuration file, or the default. As in the
# program, a blank variable is unset, and the blanks around a value do not count.
setting() {
  local value=${!3:-} file=${DOCKRELAY_CONF:-conf}/$1.json
  value=${value#"${value%%[![:space:]]*}"}
  value=${value%"${value##*[![:space:]]}"}
  if [ -z "$value" ] && [ -f "$file" ]; then
    value=$(json_value "$2" <"$file")
  fi
  printf '%s' "${value:-$4}"
}

# json_value KEY: prints the string, number or boolean that the JSON object on standard input has under a key of its own; the
# last one of several. It may have comments, as the program allows them.
json_value() {
  KEY=$1 awk '
    { text = text $0 "\n" }
    END {
      while (match(text, /"([^"\\]|\\.)*"|\/\/[^\n]*|\/\*([^*]|\*+[^*\/])*\*+\/|[][{}:,]|[^][{}:,"\/ \t\r\n]+/)) {
        token = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        if (token ~ /^\//) continue
        if (depth == 1 && last == ":" && key == "\"" ENVIRON["KEY"] "\"") value = token
        if (token == ":") key = last
        if (token ~ /^[[{]$/) depth++
        if (token ~ /^[]}]$/) depth--
        last = token
      }
      if (value ~ /^[[{]$/ || value == "null") exit
      if (value ~ /^"/) value = substr(value, 2, length(value) - 2)
      gsub(/\\\//, "/", value)
      print value
    }'
}
