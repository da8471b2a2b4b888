#!/usr/bin/env bash
# The whole life of a hub on a real Debian with systemd, and no network: provision, install twice, publish, reboot, backup, wipe, restore.
#
#   sudo src/test/system/boot.sh
#
# Takes two to three minutes and some gigabytes. machine.sh beside it says what can be set.
# shellcheck source=src/test/system/machine.sh
. "$(dirname "$0")/machine.sh"

publish() { # from, to: readings by MQTT, as the device hut-1
  in_shell "i=$1; while [ \$i -le $2 ]; do echo \"{\\\"metrics\\\":{\\\"counter\\\":\$i},\\\"timestamp\\\":\\\"\$(date -u -d @\$((1780000000 + i)) +%Y-%m-%dT%H:%M:%SZ)\\\"}\"; i=\$((i + 1)); done |
    XDG_CONFIG_HOME=/root/hut-1 mosquitto_pub -V 5 -q 1 -l -t caravan/hut-1/telemetry"
}
stored() { api /api/v1/ledger | sed 's/"by_flow".*//' | number_of stored; }

unpack_into "$tree"
boot

if in_shell "mkdir -p /root/p && tar -C /root/p --strip-components=1 -xzf /media/$(basename "$package") && test -x /root/p/deploy/provision.sh"; then
  inside /root/p/deploy/provision.sh --yes --no-packages | sed 's/^/        /'
  inside /root/p/deploy/provision.sh --yes --no-packages | grep -q 'Nothing to change' || fail "provision.sh changes something the second time"
  say "provisioned; the second run changed nothing"
fi

install_caravan | sed 's/^/        /'
say "installed"
before=$(in_shell "find /etc /opt/caravan -xdev -type f -newermt '1 second ago' | wc -l; find /opt/caravan /etc/caravan /etc/mosquitto /etc/systemd -printf '%p %m %u %g %l\n' | sort | sha256sum; cat /etc/caravan/caravan.properties | sha256sum" | tail -n 2)
install_caravan >"$run/again"
after=$(in_shell "find /opt/caravan /etc/caravan /etc/mosquitto /etc/systemd -printf '%p %m %u %g %l\n' | sort | sha256sum; cat /etc/caravan/caravan.properties | sha256sum")
[[ $before == "$after" ]] || fail "installing twice changed something: $(cat "$run/again")"
say "installed again: nothing changed"

inside systemd-analyze security --no-pager caravan.service | tail -n 1 | sed 's/^/        /'
exposure=$(inside systemd-analyze security --no-pager caravan.service | sed -n 's/.*Overall exposure level.*: \([0-9.]*\).*/\1/p')
awk -v e="$exposure" 'BEGIN { exit !(e <= 1.5) }' || fail "the hub's exposure is $exposure, more than 1.5"

in_shell 'mkdir -p /root/hut-1; caravan device add hut-1 --json | sed -n "s/.*\"password\":\"\([^\"]*\)\".*/-P \1/p" >/root/hut-1/mosquitto_pub; printf "%s\n" "-u hut-1" "-h 127.0.0.1" >>/root/hut-1/mosquitto_pub'
publish 1 200
await "200 readings are stored" 60 eval '[[ $(api "/api/v1/readings?device=hut-1&limit=1000" | grep -o "\"counter\":" | wc -l) == 200 ]]'
say "200 readings published and stored; ledger stored=$(stored)"
in_shell 'systemctl start caravan-health; cat /var/lib/caravan/health/last_ok'

power_off
boot
await "the hub is back after a reboot" 90 api /api/v1/ledger
publish 201 300
await "300 readings" 60 eval '[[ $(api "/api/v1/readings?device=hut-1&limit=1000" | grep -o "\"counter\":" | wc -l) == 300 ]]'
say "rebooted; hub up $(in_shell 'systemctl show -p ActiveEnterTimestampMonotonic --value caravan' | awk '{printf "%.1f s after the kernel", $1/1e6 - '"$(in_shell 'systemctl show -p UserspaceTimestampMonotonic --value')"'/1e6}'); order: $(in_shell 'systemd-analyze critical-chain --no-pager caravan.service 2>/dev/null | grep -c mosquitto') x mosquitto before the hub"

if inside caravan backup --help >/dev/null 2>&1; then
  in_shell 'CARAVAN_BACKUP_ALWAYS=1 systemctl start caravan-backup || { journalctl -q -u caravan-backup --no-pager -n 20; exit 1; }'
  file=$(in_shell 'ls -t /var/lib/caravan/backups/caravan-*.tar.gz | head -n 1')
  say "backed up: $file, $(in_shell "stat -c %s $file") bytes"
  in_shell "cp $file /root/kept.tar.gz"
  inside /root/p/deploy/install.sh --uninstall --purge --yes | sed 's/^/        /'
  in_shell 'test ! -e /var/lib/caravan && test ! -e /etc/caravan'
  say "wiped"
  install_caravan >/dev/null
  in_shell "mkdir -p /var/lib/caravan/backups && cp /root/kept.tar.gz /var/lib/caravan/backups/$(basename "$file")"
  in_shell "systemctl stop caravan && caravan backup restore /var/lib/caravan/backups/$(basename "$file") --yes --data /var/lib/caravan && systemctl start caravan"
  await "the hub answers after the restore" 60 api /api/v1/ledger
  await "300 readings are back" 60 eval '[[ $(api "/api/v1/readings?device=hut-1&limit=1000" | grep -o "\"counter\":" | wc -l) == 300 ]]'
  await "and the device gets in with its old password" 60 publish 301 310
  await "310 readings" 60 eval '[[ $(api "/api/v1/readings?device=hut-1&limit=1000" | grep -o "\"counter\":" | wc -l) == 310 ]]'
  say "restored on an empty machine: 300 readings and the device's password"
else
  say "SKIPPED backup, wipe and restore: this package has no command \"backup\""
  inside /root/p/deploy/install.sh --uninstall --purge --yes | sed 's/^/        /'
  in_shell 'test ! -e /var/lib/caravan && test ! -e /etc/caravan && test ! -e /opt/caravan && ! id caravan 2>/dev/null'
  say "wiped"
fi
power_off
say "OK"
