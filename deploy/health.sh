#!/bin/sh
# What the timer caravan-health calls, every five minutes, with the hub up or down: looks from outside and writes one line to
# last_ok or last_fail in /var/lib/caravan/health. A hub that has given up is started again, at most every half hour.
#
#   2026-11-22T02:40:00Z OK hub=up broker=up disk_used=41% backup_age=7h
#   2026-11-22T02:45:00Z FAIL hub=down broker=up disk_used=41% backup_age=7h
#
# HEALTH_DISK_PERCENT (90) and HEALTH_BACKUP_HOURS (50) in /etc/caravan/caravan.env are the limits.
set -eu

data=${CARAVAN_DATA:-/var/lib/caravan}
caravan=$(dirname "$(dirname "$(readlink -f "$0")")")/bin/caravan
folder=$data/health
result=OK
mkdir -p "$folder"

hub=up
systemctl -q is-active caravan || hub=down
if [ $hub = up ]; then
    "$caravan" status >"$folder/status.part" 2>&1 || hub=ill # it says itself that something is wrong
    mv "$folder/status.part" "$folder/status"
fi
[ $hub = up ] || result=FAIL

broker=embedded
if [ -e /etc/mosquitto/conf.d/caravan.conf ]; then
    broker=up
    systemctl -q is-active mosquitto || broker=down result=FAIL
fi

disk=$(df -P "$data" | awk 'NR == 2 { sub("%", "", $5); print $5 }')
[ "$disk" -le "${HEALTH_DISK_PERCENT:-90}" ] || result=FAIL

newest=$(find "$data/backups" -name 'caravan-*.tar.gz*' ! -name '*.part' -printf '%T@\n' 2>/dev/null | sort -n | tail -n 1)
if [ -z "$newest" ]; then
    backup=none
    # A new hub has until tomorrow.
    [ -z "$(find "$data/admin.token" -mmin +$((${HEALTH_BACKUP_HOURS:-50} * 60)) 2>/dev/null)" ] || result=FAIL
else
    hours=$((($(date +%s) - ${newest%.*}) / 3600)) backup=${hours}h
    [ $hours -le "${HEALTH_BACKUP_HOURS:-50}" ] || result=FAIL
fi

if [ "$(systemctl is-failed caravan || true)" = failed ]; then
    gave_up=$(systemctl show -p StateChangeTimestampMonotonic --value caravan)
    if [ $(($(awk '{ print int($1) }' /proc/uptime) - gave_up / 1000000)) -ge 1800 ]; then
        systemctl reset-failed caravan
        systemctl start --no-block caravan
        hub=started-again
    fi
fi

line="$result hub=$hub broker=$broker disk_used=$disk% backup_age=$backup"
name=last_fail
[ $result = FAIL ] || name=last_ok
printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$line" >"$folder/$name.part"
chown caravan:caravan "$folder" "$folder/$name.part"
mv "$folder/$name.part" "$folder/$name"
# Into the journal when it is another than before.
if [ "$result $hub $broker" != "$(cat "$folder/told" 2>/dev/null || true)" ]; then
    echo "$line"
    echo "$result $hub $broker" >"$folder/told"
fi
