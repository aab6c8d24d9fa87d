# shellcheck shell=bash
# Finds the newest installed JDK, independent of the `java` on the PATH. Sourced after apt.sh.

oldest_jdk=21

# jdk_folders: the usual folders of JDKs; the one of the PATH comes last.
jdk_folders() {
  printf '%s\n' "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/*jdk* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.jenv/versions/* "$HOME"/.nix-profile/lib/openjdk \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  local javac
  javac=$(command -v javac) && dirname "$(dirname "$(realpath "$javac")")"
  true
}

# jdk_version HOME: prints the feature number from its release file; nothing if this is not a JDK that runs here.
jdk_version() {
  local number
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  number=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  if [ -n "$number" ] && "$1/bin/java" -version >/dev/null 2>&1; then echo "$number"; fi
}

# newest_jdk: prints the home of the newest JDK from 21 on; nothing if there is none.
newest_jdk() {
  local home version best='' best_version=$((oldest_jdk - 1))
  while read -r home; do
    version=$(jdk_version "$home")
    if [ -n "$version" ] && [ "$version" -gt "$best_version" ]; then
      best=$home
      best_version=$version
    fi
  done < <(jdk_folders | sed '/^$/d' | sort -u)
  printf '%s' "$best"
}

# apt_jdk: prints the package of the distribution's newest JDK, from 21 on.
apt_jdk() {
  apt-cache pkgnames openjdk- | sed -n 's/^openjdk-\([0-9]*\)-jdk-headless$/\1/p' | sort -rn | while read -r version; do
    if [ "$version" -ge "$oldest_jdk" ] && [ -n "$(apt_candidate "openjdk-$version-jdk-headless")" ]; then
      echo "openjdk-$version-jdk-headless"
      break
    fi
  done
}

# select_jdk: sets and exports JAVA_HOME, and puts it first on the PATH.
select_jdk() {
  local package=
  JAVA_HOME=$(newest_jdk)
  if [ -z "$JAVA_HOME" ] && can_install; then
    apt_update
    package=$(apt_jdk)
    [ -z "$package" ] || apt_install "$package"
    JAVA_HOME=$(newest_jdk)
  fi
  [ -n "$JAVA_HOME" ] || die "Dockrelay needs a JDK, version $oldest_jdk or newer, and this system has no package of one:" \
    "please unpack one (Temurin, for example) below /usr/lib/jvm or name it in JAVA_HOME."
  export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
}
