#!/bin/sh
# What the timer caravan-health calls, every five minutes, with the hub up or down: `caravan doctor` looks from outside, what it found is in
# doctor.json in /var/lib/caravan/health, where the hub reads what the kernel's log tells, and one line in last_ok or last_fail. A hub that
# has given up is started again, at most every half hour.
#
#   2026-11-22T02:40:00Z OK hub=up broker=up disk_used=41% backup_age=7h
#   2026-11-22T02:45:00Z FAIL hub=down broker=up disk_used=41% backup_age=7h
#
# HEALTH_DISK_PERCENT (90) and HEALTH_BACKUP_HOURS (50) in /etc/caravan/caravan.env are the limits.
set -eu

data=${CARAVAN_DATA:-/var/lib/caravan}
caravan=$(dirname "$(dirname "$(readlink -f "$0")")")/bin/caravan
folder=$data/health
mkdir -p "$folder" || true # a disk that is read-only is told of all the same

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

put() { # file, its name in the folder: whole or not at all, and the hub's to read. The folder is the hub's: links in it are not followed.
    [ ! -L "$folder" ] &&
        cp --remove-destination "$1" "$folder/$2.part" &&
        chown --no-dereference --reference="$data" "$folder" "$folder/$2.part" &&
        mv -T "$folder/$2.part" "$folder/$2"
}

# The doctor ends within 10 seconds, unless the disk below it hangs. That it ends with 1 when something is wrong is no failure of its own.
timeout 60 "$caravan" doctor --json >"$out/doctor.json" 2>"$out/error" || true
line=$(sed -n 's/^{"line":"\([^"]*\)".*/\1/p' "$out/doctor.json")
if [ -n "$line" ]; then
    put "$out/doctor.json" doctor.json || true
else # no Java, or a broken release: what a shell can see
    hub=up
    systemctl -q is-active caravan || hub=down
    disk=$(df -P "$data" | awk 'NR == 2 { print $5 }')
    line="FAIL hub=$hub broker=? disk_used=$disk backup_age=? doctor=\"$(head -n 1 "$out/error" | tr -d '"' | cut -c 1-120)\""
fi

if [ "$(systemctl is-failed caravan || true)" = failed ]; then
    gave_up=$(systemctl show -p StateChangeTimestampMonotonic --value caravan)
    if [ $(($(awk '{ print int($1) }' /proc/uptime) - gave_up / 1000000)) -ge 1800 ]; then
        systemctl reset-failed caravan
        systemctl start --no-block caravan
        line=$(printf %s "$line" | sed 's/hub=[a-z]*/hub=started-again/')
    fi
fi

name=last_fail
case $line in OK*) name=last_ok ;; esac
printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$line" >"$out/line"
# Into the journal when it is another than before, but for numbers that change all the time; and when it cannot be written down.
told=${line%% disk_used=*}
if [ "$told" != "$(cat "$folder/told" 2>/dev/null || true)" ]; then
    echo "$line"
    echo "$told" >"$out/told"
    put "$out/told" told || true
fi
put "$out/line" "$name" || echo "$line (which cannot be written to $folder)"
