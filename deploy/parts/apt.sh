# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what is set here and there is used by the others
# Programs of Debian, with apt; and in words why not.

apt_install() { # packages in one word with blanks; sets $why and says no if it could not
    why='' log=$(mktemp)
    half=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | sed -n 's/^[a-z][HUFWt]. *//p' | tr '\n' ' ')
    if [ -n "$half" ]; then
        rm -f "$log"
        why="a package is half installed, perhaps since a power cut: $half. Mend it and come again: sudo dpkg --configure -a && sudo apt-get -f install -y"
        return 1
    fi
    lists=fresh
    apt-get -q update >"$log" 2>&1 && ! grep -q '^[WE]:' "$log" || lists=old # apt calls a list that it could not fetch a success
    [ $lists = fresh ] || say "Note      the lists of packages could not be renewed; trying with those that are here"
    # shellcheck disable=SC2086 # one word a package
    DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends $1 </dev/null >"$log" 2>&1 || {
        why="apt could not install:$1. It says: $(grep -E '^E:' "$log" | tail -n 3 | tr '\n' ' ')"
        [ $lists = fresh ] || why="$why Its lists of packages could not be renewed, so this machine has no network, or no way out."
    }
    rm -f "$log"
    [ -z "$why" ]
}

java_there() { # the oldest Java that will do
    for java in /usr/lib/jvm/*/release; do
        [ -e "$java" ] && [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$java")" -ge 17 ] && return 0
    done
    return 1
}
