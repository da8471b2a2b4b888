#!/bin/sh
# Before each start of the hub, as root, in a moment: what a command typed as root or a restored backup has left becomes the hub's again, and
# Mosquitto and the settings agree on the password of the account that manages all others. They do not on a new machine on which a backup was
# restored; then Mosquitto's accounts are made anew with the password of the settings, and the hub makes those of its devices again.
set -eu
umask 077

data=/var/lib/caravan
settings=/etc/caravan/caravan.properties
accounts=/var/lib/mosquitto/dynamic-security.json
stamp=/etc/mosquitto/caravan-control.sha256

chown -R --no-dereference caravan:caravan "$data" /etc/caravan/routes
if [ -e "$settings" ]; then chown root:caravan "$settings" && chmod 0640 "$settings"; fi

[ -e /etc/mosquitto/conf.d/caravan.conf ] || exit 0
word=$(sed -n 's/^caravan\.mqtt\.control\.password *= *//p' "$settings" | tail -n 1)
[ -n "$word" ] || exit 0
now=$(printf %s "$word" | sha256sum)
[ "$now" != "$(cat "$stamp" 2>/dev/null || true)" ] || exit 0

if [ -e "$accounts" ]; then
    aside=$accounts.before-caravan-$(date -u +%Y%m%dT%H%M%SZ)
    mv "$accounts" "$aside"
    echo "before-start.sh: the accounts of Mosquitto have another password than $settings; they are in $aside, and made anew"
fi
printf '%s\n%s\n' "$word" "$word" | /usr/local/sbin/caravan-accounts init >/dev/null 2>&1 || {
    echo "before-start.sh: the accounts of Mosquitto could not be made; see docs/how-to/use-an-outside-mosquitto.md" >&2
    exit 1
}
printf '%s\n' "$now" >"$stamp"
systemctl try-restart --no-block mosquitto
