# Functions that ./run and ./test share: finding the tools a build needs and building what is out of date.
# Sourced by them with the working directory at the repository's root. Everything here speaks on standard
# error only, so that the standard output of a command stays its own.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# Prints the major version of the JDK in folder $1; nothing when it holds none that can compile.
jdk_major() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Sets JAVA_HOME to a JDK 25, or to a newer one where there is no 25. Versions are read from each JDK's
# release file: starting every JVM just to ask would cost more than the rest of a short command.
find_jdk() {
  local candidate major on_path newer='' newer_major=0
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
      "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$candidate" ] || continue
    major=$(jdk_major "$candidate")
    if [ "${major:-0}" -eq 25 ]; then
      export JAVA_HOME=$candidate
      return
    elif [ "${major:-0}" -gt "$newer_major" ] && [ "$major" -gt 25 ]; then
      newer=$candidate newer_major=$major
    fi
  done
  [ -n "$newer" ] || fail "Tidemark needs a JDK 25 and found none: install one (Debian and Ubuntu: 'apt-get install" \
    "temurin-25-jdk' from Adoptium, macOS: 'brew install openjdk@25') or set JAVA_HOME to it."
  export JAVA_HOME=$newer
}

# Checks Node and npm; they bundle the pages.
find_node() {
  local version major
  version=$(node --version 2>/dev/null || true)
  major=${version#v}; major=${major%%.*}
  case $major in ''|*[!0-9]*) major=0 ;; esac
  if [ "$major" -lt 20 ] || ! command -v npm >/dev/null; then
    fail "Tidemark needs Node 20 or newer with npm to build its pages and found ${version:-none}: install it from" \
      "nodejs.org or with 'apt-get install nodejs npm'."
  fi
}

find_maven() {
  command -v mvn >/dev/null || fail "Tidemark needs Maven 3.8 or newer to build itself: install it with" \
    "'apt-get install maven' or 'brew install maven'."
}

# Maven on our JDK; the flags keep the warnings of Maven's own libraries about newer JDKs out of the way.
maven() {
  MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
    mvn --batch-mode "$@"
}

# Prints a checksum of the contents and names of all files that a build of the given folders reads.
fingerprint() {
  find pom.xml .mvn "$@" -name target -prune -o -name node_modules -prune -o -type f -print0 \
    | LC_ALL=C sort -z | xargs -0 cksum | cksum
}

# Turns Maven's log into a few lines of progress.
progress() {
  awk '
    /^(Downloaded|\[INFO\] Downloaded)/ { if (++files % 50 == 0) { print "  " files " files downloaded"; fflush() } }
    /^\[INFO\] Building [a-zA-Z].*\[[0-9]+\/[0-9]+\]$/ { part = $NF; sub(/^\[INFO\] Building /, ""); sub(/ [^ ]+ +\[[0-9\/]+\]$/, ""); print "  " part " " $0; fflush() }
    /^\[ERROR\]/ { if (++errors <= 20) { print; fflush() } }' >&2
}

# Prints the files and folders that end up in a build of what: 'server' (what ./run serves) or a module with its tests.
sources_of() {
  case $1 in
    server) echo "shared-protocol client-teavm/pom.xml client-teavm/src web server/pom.xml server/src/main" ;;
    client-teavm) echo "shared-protocol client-teavm" ;;
    server-tests) echo "shared-protocol client-teavm web server" ;;
    e2e) echo "shared-protocol client-teavm web server e2e" ;;
  esac
}

# Builds WHAT (see sources_of) unless RESULT exists and the sources are those of the last build:
# build_if_stale WHAT RESULT MAVEN-ARGUMENTS... The stamp target/WHAT.stamp holds the fingerprint of those sources.
build_if_stale() {
  local what=$1 result=$2 stamp="target/$1.stamp" now
  shift 2
  now=$(fingerprint $(sources_of "$what"))
  ! is_fresh "$result" "$stamp" "$now" || return 0
  find_node
  find_maven
  mkdir -p target
  # Two commands started at once on a fresh checkout build once: the second waits and then finds the stamp.
  if command -v flock >/dev/null; then
    exec 9>target/build.lock
    flock 9
    ! is_fresh "$result" "$stamp" "$now" || return 0
  fi
  say "Building Tidemark (the first build downloads its parts and takes a few minutes) ..."
  rm -f "$stamp"
  if ! maven "$@" 2>&1 </dev/null 9>&- | tee target/build.log | progress; then
    fail "Tidemark could not be built; the whole log is in target/build.log."
  fi
  printf '%s\n' "$now" > "$stamp"
  say "Built."
}

is_fresh() { # RESULT STAMP FINGERPRINT
  [ -e "$1" ] && [ "$3" = "$(cat "$2" 2>/dev/null)" ]
}
