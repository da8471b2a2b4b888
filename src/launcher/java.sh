# shellcheck shell=sh
# Finds Java; read by the launchers. CARAVAN_JAVA_HOME wins, then JAVA_HOME, then the newest of PATH and /usr/lib/jvm
# (or CARAVAN_JVM_DIR). Nothing older than 17 is taken.

say() { printf '%s\n' "$@" >&2; }
fail() { say "$@"; exit 1; }

major_of() { # 17 for the Java in folder $1, 0 if there is none
    major=$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release" 2>/dev/null || true)
    echo "${major:-0}"
}
suits() { [ -x "$1/bin/$2" ] && [ "$(major_of "$1")" -ge "$3" ]; } # folder, program, oldest version

find_java() { # sets $java to the folder of the best Java that has the program $1
    java=''
    if [ -n "${CARAVAN_JAVA_HOME:-}" ]; then
        java=$CARAVAN_JAVA_HOME
        suits "$java" "$1" 17 || fail "CARAVAN_JAVA_HOME is $java, and no $1 of Java 17 or newer is there. Correct or unset it."
    elif suits "${JAVA_HOME:-/}" "$1" 17; then
        java=$JAVA_HOME
    else
        best=16
        on_path=$(readlink -f "$(command -v "$1")" || true)
        for folder in "${on_path%/bin/*}" "${CARAVAN_JVM_DIR:-/usr/lib/jvm}"/*; do
            if suits "$folder" "$1" $((best + 1)); then best=$(major_of "$folder") java=$folder; fi
        done
    fi
    [ -n "$java" ]
}
