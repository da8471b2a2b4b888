#!/bin/sh
# Goes back to the release before, and with a second call forward again: sudo rollback.sh [options]
#
#   --backup FILE   bring this backup back, too: for a release that does not know the database as the newer one has left it. What came
#                   since is not there then; it is in the backup that is made before
#   --yes           do not ask
#
# The same steps as update.sh: backup, switch, start, and see whether it works; if not, the one that runs now comes back. A release that does
# not know the database as a newer one has left it cannot be gone back to without the backup of then, and it is said which one that is.
set -eu

here=$(dirname "$(readlink -f "$0")")
# shellcheck source=deploy/parts.sh
. "$here/parts.sh"

bring=''
while [ $# -gt 0 ]; do
    case $1 in
        --backup) want_value "$@" && bring=$2 && shift ;;
        --yes | -y) yes=1 ;;
        --help | -h) usage "$0" && exit 0 ;;
        *) usage "$0" >&2 && fail "there is no option $1." ;;
    esac
    shift
done
want_root
[ -e $current ] || fail "no Caravan is installed; install.sh does that."
[ -e $previous ] || fail "there is no release to go back to: $previous is not there."
from=$(release_of $current)
to=$(release_of $previous)
[ "$from" != "$to" ] || fail "$previous is at $to, too, which runs already."

if [ -n "$bring" ]; then
    bring=$(readlink -f "$bring" || echo "$bring")
    # By the release that has to bring it back: to the one that runs it may be too new.
    hub_of "$releases/$to" backup verify "$bring" >/run/caravan-verify 2>&1 || fail "$bring cannot be brought back; nothing was changed: $(tail -n 2 /run/caravan-verify | tr '\n' ' ')"
fi

umask 022
if [ -z "${DEPLOY_DETACHED:-}" ]; then
    confirm "This stops the hub for half a minute and replaces release $from by $to, the one before.${bring:+ All readings, settings and flows become those of $bring.}"
    detached "$(readlink -f "$0")" ${bring:+--backup "$bring"} --yes && exit 0
    fail "$from still runs, or runs again. What happened: /var/log/caravan-change.log; backups from before an update: caravan backup list"
fi
one_at_a_time
change rollback "$from" "$to" "$bring" || exit 1
say "Now       $to runs; forward again: sudo $current/deploy/rollback.sh"
