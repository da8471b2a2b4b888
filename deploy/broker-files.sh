#!/bin/sh
# Copies what Mosquitto knows into the data folder of the hub, which may not read it otherwise, so that backups have it: accounts, retained
# messages and sessions, its configuration and the certificates that are named there. As root; by caravan-broker-files.timer each night
# before the backup. Does nothing where Mosquitto is not Caravan's. What has not changed is not written again.
#
# What belongs to the user mosquitto is read as that user, and what belongs to the user caravan is written as that one: a link that either
# of them puts there leads nowhere that they may not go themselves.
set -eu
umask 077

from=/var/lib/mosquitto
etc=/etc/mosquitto
data=/var/lib/caravan
to=$data/broker/mosquitto
most=67108864 # bytes; what waits for devices is at most half of that

[ -e $etc/conf.d/caravan.conf ] && [ -d $data ] || exit 0

as() { # user, command
    user=$1
    shift
    setpriv --reuid="$user" --regid="$user" --init-groups --inh-caps=-all "$@"
}

keep() { # name; what comes in is kept under it, if it is another
    # shellcheck disable=SC2016 # expanded there
    as caravan sh -c '
        set -eu
        umask 077
        to=$1/$2
        mkdir -p "${to%/*}"
        cat >"$to.part"
        if [ ! -s "$to.part" ] || cmp -s "$to.part" "$to"; then rm -f "$to.part"; exit 0; fi
        sync "$to.part"
        mv -fT "$to.part" "$to"
    ' sh "$to" "$1"
}

# What is retained and what waits is in memory; it is asked to write it now, and is given ten seconds.
pid=$(systemctl show -p MainPID --value mosquitto 2>/dev/null || echo 0)
if [ "${pid:-0}" -gt 0 ]; then
    before=$(stat -c %y $from/mosquitto.db 2>/dev/null || true)
    kill -USR1 "$pid"
    tries=50
    while [ $tries -gt 0 ] && [ "$(stat -c %y $from/mosquitto.db 2>/dev/null || true)" = "$before" ]; do
        tries=$((tries - 1))
        sleep 0.2
    done
fi

for name in dynamic-security.json mosquitto.db; do
    if as mosquitto test -f $from/$name; then
        if [ "$(as mosquitto stat -L -c %s $from/$name)" -le $most ]; then
            as mosquitto cat $from/$name | keep $name
        else
            echo "broker-files.sh: $from/$name is larger than $((most >> 20)) MB and is not saved" >&2
        fi
    fi
done
# By this it is seen, on another machine, whether the accounts fit the password in the settings; it is the digest of a long random word.
if [ -e $etc/caravan-control.sha256 ]; then keep control.sha256 <$etc/caravan-control.sha256; fi

# Root's own files, so read as root. Nothing puts them back by itself: a configuration may load a program.
for file in "$etc"/mosquitto.conf "$etc"/conf.d/*.conf; do
    if [ -f "$file" ]; then keep "etc/${file#"$etc/"}" <"$file"; fi
done
sed -n 's/^[[:space:]]*\(cafile\|certfile\|keyfile\|crlfile\|dhparamfile\|password_file\|acl_file\|psk_file\)[[:space:]]\{1,\}//p' "$etc"/mosquitto.conf "$etc"/conf.d/*.conf |
    sort -u | while read -r file; do
    # Mosquitto itself reads them as its own user. What is in the data folder, or led there by a link, is in the backup already.
    real=$(as mosquitto readlink -e "$file") || continue
    case $file/$real in
        $data/* | */$data/* | */../* | [!/]*) ;;
        *) if as mosquitto test -f "$real" && [ "$(as mosquitto stat -L -c %s "$real")" -le 1048576 ]; then
            as mosquitto cat "$real" | keep "files$file"
        fi ;;
    esac
done
