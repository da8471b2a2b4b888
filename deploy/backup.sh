#!/bin/sh
# What the timers caravan-backup and caravan-drill call, as the user caravan, with the hub up or down.
#
#   backup.sh is-due    ends with 0 if no backup is younger than 20 hours, with 1 if the hub's own schedule has made one
#   backup.sh now       makes a backup that is verified
#   backup.sh drill     restores the newest one into a temporary place
set -eu

data=${CARAVAN_DATA:-/var/lib/caravan}
caravan=$(dirname "$(dirname "$(readlink -f "$0")")")/bin/caravan

want_backups() {
    "$caravan" backup --help >/dev/null 2>&1 || {
        echo "backup.sh: this release of Caravan has no command \"backup\". Nothing was backed up; copy $data by hand while the hub is stopped." >&2
        exit 1
    }
}

case ${1:-} in
    is-due) [ -n "${CARAVAN_BACKUP_ALWAYS:-}" ] || [ -z "$(find "$data/backups" -name 'caravan-*.tar.gz*' ! -name '*.part' -mmin -1200 2>/dev/null | head -n 1)" ] ;;
    now) want_backups && exec "$caravan" backup now --data "$data" ;;
    drill) want_backups && exec "$caravan" backup drill --data "$data" ;;
    *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p;}' "$0" && exit 2 ;;
esac
