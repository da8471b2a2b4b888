#!/bin/sh
# Before each start of the hub, as root, in a moment: what a command typed as root or a restored backup has left becomes the hub's again, and
# Mosquitto and the settings agree on the password of the account that manages all others. They do not on a new machine on which a backup was
# restored; then the accounts that were saved with it are taken, with retained messages and sessions, so that those of others come back, too.
# Without any, they are made anew with the password of the settings, and the hub makes those of its devices again.
set -eu
umask 077

data=/var/lib/caravan
settings=/etc/caravan/caravan.properties
accounts=/var/lib/mosquitto/dynamic-security.json
stamp=/etc/mosquitto/caravan-control.sha256
saved=/var/lib/caravan/broker/mosquitto

chown -R --no-dereference caravan:caravan "$data" /etc/caravan/routes
if [ -e "$settings" ]; then chown root:caravan "$settings" && chmod 0640 "$settings"; fi

[ -e /etc/mosquitto/conf.d/caravan.conf ] || exit 0
word=$(sed -n 's/^caravan\.mqtt\.control\.password *= *//p' "$settings" | tail -n 1)
[ -n "$word" ] || exit 0
now=$(printf %s "$word" | sha256sum)
[ "$now" != "$(cat "$stamp" 2>/dev/null || true)" ] || exit 0

as() { # user, command: what belongs to that user is read and written as that user, so that a link leads nowhere else
    user=$1
    shift
    setpriv --reuid="$user" --regid="$user" --init-groups --inh-caps=-all "$@"
}

take_saved() { # what broker-files.sh has saved, if it fits the password
    [ "$now" = "$(as caravan head -c 200 $saved/control.sha256 2>/dev/null || true)" ] || return 1
    as caravan head -c 16777216 $saved/dynamic-security.json 2>/dev/null | /usr/local/sbin/caravan-accounts take || return 1
    if as caravan test -s $saved/mosquitto.db; then
        # shellcheck disable=SC2016 # expanded there
        as caravan head -c 67108864 $saved/mosquitto.db | as mosquitto sh -c 'umask 077; rm -f "$1"; cat >"$1"' sh "${accounts%/*}/mosquitto.db.restored"
    fi
    echo "before-start.sh: the accounts of Mosquitto are those of the backup, with what was retained; those that were here are in $accounts.before-caravan-*"
    if as caravan test -d $saved/etc; then
        echo "before-start.sh: its configuration as it was saved is in $saved/etc; nothing of it is put back by itself: diff -r $saved/etc /etc/mosquitto"
    fi
}

if take_saved; then
    :
else
    if [ -e "$accounts" ]; then
        aside=$accounts.before-caravan-$(date -u +%Y%m%dT%H%M%SZ)
        mv "$accounts" "$aside"
        echo "before-start.sh: the accounts of Mosquitto have another password than $settings; they are in $aside, and made anew"
    fi
    printf '%s\n%s\n' "$word" "$word" | /usr/local/sbin/caravan-accounts init >/dev/null 2>&1 || {
        echo "before-start.sh: the accounts of Mosquitto could not be made; see docs/how-to/use-an-outside-mosquitto.md" >&2
        exit 1
    }
fi
printf '%s\n' "$now" >"$stamp"
systemctl try-restart --no-block mosquitto
