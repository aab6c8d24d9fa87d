# shellcheck shell=bash
# Adds up the test reports: JUnit's XML, written by Surefire in each module and by the dashboard's tests.
# Sourced after say.sh.
: "${top:?}"

reports() { find "$top" -path '*/target/*-reports/*.xml' -not -path '*/node_modules/*' -print0; }

# count_tests: prints passed, failed, skipped. A suite's own numbers are on its opening tag; a suite that holds
# others, or nothing, has no cases of its own to count.
count_tests() {
  # shellcheck disable=SC2016 # awk's
  reports | xargs -0 awk '
    function number(name,  found) {
      if (match($0, "[ \t]" name "=\"[0-9]+\"") == 0) return 0
      found = substr($0, RSTART, RLENGTH)
      gsub(/[^0-9]/, "", found)
      return found + 0
    }
    /^[ \t]*<testsuite[ \t]/ {
      all += number("tests"); bad += number("failures") + number("errors"); left += number("skipped")
    }
    END { printf "%d %d %d\n", all - bad - left, bad, left }'
}

# failed_tests: prints class, name and message of each failed test.
failed_tests() {
  # shellcheck disable=SC2016 # awk's
  reports | xargs -0 -r awk '
    function value(name,  found) {
      if (match($0, "[ \t]" name "=\"[^\"]*\"") == 0) return ""
      found = substr($0, RSTART, RLENGTH)
      sub("^[ \t]" name "=\"", "", found)
      sub(/"$/, "", found)
      gsub(/&#10;/, " ", found)
      gsub(/&quot;/, "\"", found)
      gsub(/&apos;/, "\047", found)
      gsub(/&lt;/, "<", found)
      gsub(/&gt;/, ">", found)
      gsub(/&amp;/, "\\&", found)
      return found
    }
    /^[ \t]*<testcase[ \t]/ { test = value("classname") " " value("name") }
    /^[ \t]*<(failure|error)[ \t>]/ && test != "" {
      print "  " test
      if (value("message") != "") print "    " substr(value("message"), 1, 300)
      test = ""
    }'
}

# engine_test_classes FOLDER [CLASS…]: the sources of the tests that carry the tag "engine", all or the named ones.
engine_test_classes() {
  local folder=$1 class file
  shift
  [ $# -gt 0 ] || set -- '*Test'
  for class in "$@"; do
    find "$top/$folder" -path '*/src/test/*' -name "${class##*.}.java" -not -path '*/node_modules/*'
  done | sort -u | while read -r file; do
    if grep -qE '^@(OnRealEngine|Tag\("engine"\))' "$file"; then echo "$file"; fi
  done
}
