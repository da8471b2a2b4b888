#!/bin/sh
# Updates Caravan: sudo update.sh caravan-VERSION.tar.gz [options]
#
#   --keep N      how many releases stay in /opt/caravan/releases (default 3); the one that runs and the one before always do
#   --patience S  how long the new one has to start (default 60 seconds); more if gigabytes of tables are moved to a new form
#   --yes         do not ask
#   --resume      go on with an update that a power cut has ended; caravan-resume.service calls it
#
# Backup, unpack, switch, start, and see whether it works: the hub says that it is healthy, and a message of a new device is stored and told.
# If not, the release before is back within two minutes, with the database as it was if the new one had changed its form. A lost
# connection and Ctrl-C do not end it. If FILE.sha256 lies beside the file, it is checked. Needs no network.
set -eu

here=$(dirname "$(readlink -f "$0")")
# shellcheck source=deploy/parts.sh
. "$here/parts.sh"

file='' keep=3 patience=60 resume=''
while [ $# -gt 0 ]; do
    case $1 in
        --keep) want_value "$@" && keep=$2 && shift ;;
        --patience) want_value "$@" && patience=$2 && shift ;;
        --yes | -y) yes=1 ;;
        --resume) resume=1 ;;
        --help | -h) usage "$0" && exit 0 ;;
        -*) usage "$0" >&2 && fail "there is no option $1." ;;
        *) file=$1 ;;
    esac
    shift
done
case $keep$patience in '' | *[!0-9]*) fail "--keep and --patience are numbers." ;; esac
want_root

resume() { # what was begun is brought to its end, forward; the gate decides
    [ -e $under_way ] || exit 0
    what='' from='' to=''
    read -r what from to _ <$under_way || true
    if [ ! -d "$releases/${from:-none}" ] || [ ! -d "$releases/${to:-none}" ]; then
        rm -f $under_way
        fail "$under_way names no releases that are here, so nothing is resumed; $(release_of "$current") stays"
    fi
    say "Resuming  $what from $from to $to, which was broken off"
    finish_change && prune "$keep"
}

umask 022
if [ -n "$resume" ]; then one_at_a_time && resume && exit; fi
[ -n "$file" ] || { usage "$0" >&2 && exit 2; }
[ -e $current ] || fail "no Caravan is installed; install.sh does that."
old=$(release_of "$current")
if [ -z "${DEPLOY_DETACHED:-}" ]; then
    check_package "$file" >/dev/null
    want_room /opt 250
    want_room $data $((100 + 2 * $(du -cm $data/*.db 2>/dev/null | tail -n 1 | cut -f 1)))
    if [ "$version" = "$old" ]; then
        unpack "$file" # says so if it is another content
        say "Nothing to do: $version runs already"
        exit 0
    fi
    confirm "This stops the hub for half a minute, replaces release $old by $version, and comes back to $old if that does not work."
    detached "$(readlink -f "$0")" "$(readlink -f "$file")" --keep "$keep" --patience "$patience" --yes && exit 0
    fail "$old still runs, or runs again. What happened: /var/log/caravan-change.log"
fi

one_at_a_time
check_package "$file"
systemctl -q is-active caravan || say "Note      the hub is not running at the moment"
unpack "$file"
change update "$old" "$version" || exit 1
prune "$keep"
say "Updated   from $old to $version; back again: sudo $current/deploy/rollback.sh"
