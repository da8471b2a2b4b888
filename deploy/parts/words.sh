# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what is set here and there is used by the others
# Where everything is, and what is said, asked and refused.

releases=/opt/caravan/releases
current=/opt/caravan/current
previous=/opt/caravan/previous
etc=/etc/caravan
data=/var/lib/caravan
yes=''

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
fail() {
    printf '%s\n' "${0##*/}: $*" >&2
    exit 1
}
usage() { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p;}' "$1"; }

want_value() { # an option and what follows it
    [ $# -gt 1 ] || fail "$1 wants a value behind it; see --help."
}
want_root() { [ "$(id -u)" = 0 ] || fail "this changes the system and needs root; put sudo before it."; }

confirm() { # what will be done; goes on only if somebody says so
    [ -z "$yes" ] || return 0
    [ -t 0 ] || fail "$1 Without a terminal to ask at, say that you mean it: --yes"
    printf '%s Go on? [y/N] ' "$1"
    read -r answer
    case $answer in y | Y | yes) ;; *) fail "nothing was changed." ;; esac
}

one_at_a_time() { # two updates would move the links against each other
    exec 9>/run/caravan-deploy.lock
    flock -n 9 || fail "another install, update or rollback is at work; wait for its end."
}

# A file that gets its name before its content is on the disk is empty after a power cut.
put_whole() { # mode, from, to
    mkdir -p "$(dirname "$3")"
    cp "$2" "$3.part"
    chmod "$1" "$3.part"
    sync "$3.part"
    mv "$3.part" "$3"
}
