#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2034,SC2119 # words that are expanded inside the machine; functions without arguments
# A machine whose hub runs its own broker: install, publish, backup, reboot, wipe, restore, update; as a Mosquitto of the hub's own and in the
# process, with no Mosquitto on the machine at all.
#
#   sudo src/test/system/embedded.sh
#
# Takes about two minutes. machine.sh beside it says what can be set.
# shellcheck source=src/test/system/machine.sh
. "$(dirname "$0")/machine.sh"

publish() { # name, how many
  start_load mqtt "$1"
  await "$2 readings of $1 are acknowledged" 90 acknowledged_more_than "$1" "$2"
  stop_load
  await "all readings of $1 are stored" 60 all_stored "$1"
}

unpack_into "$tree"
make_release 9.1.0 true
boot
in_shell "mkdir -p /root/p && tar -C /root/p --strip-components=1 -xzf /media/$(basename "$package")"
in_shell 'systemctl start mosquitto'
refused "an install beside a Mosquitto that has the port" /root/p/deploy/install.sh "/media/$(basename "$package")" --broker embedded --yes
grep -q 'systemctl disable --now mosquitto' "$run/out" || fail "it does not say what to do: $(cat "$run/out")"
in_shell 'systemctl stop mosquitto'
say "refused beside a Mosquitto that has the port, with the line to type"

for broker in embedded in-process; do
  if [[ $broker == in-process ]]; then in_shell 'rm -f /usr/sbin/mosquitto /usr/bin/mosquitto_pub'; fi
  install_caravan --broker $broker >"$run/out" 2>&1 || fail "$(cat "$run/out")"
  grep '^Tested' "$run/out" | sed 's/^/        /'
  install_caravan --broker $broker >"$run/out" 2>&1 || fail "the second time: $(cat "$run/out")"
  load_device
  publish "${broker/-/_}_first" 100
  power_off
  boot
  await "the hub is back after a reboot" 90 api /api/v1/ledger
  publish "${broker/-/_}_second" 100
  in_shell 'systemctl start caravan-backup || { journalctl -q -u caravan-backup --no-pager -n 20; exit 1; }'
  file=$(in_shell 'ls -t /var/lib/caravan/backups/caravan-*.tar.gz | head -n 1')
  in_shell "cp $file /root/kept-$broker.tar.gz"
  inside /opt/caravan/current/deploy/update.sh /root/caravan-9.1.0.tar.gz --yes >"$run/out" 2>&1 || fail "$(cat "$run/out")"
  expect 9.1.0
  publish "${broker/-/_}_third" 50
  inside /root/p/deploy/install.sh --uninstall --purge --yes >/dev/null
  in_shell 'test ! -e /var/lib/caravan && test ! -e /etc/caravan'
  install_caravan --broker $broker >"$run/out" 2>&1 || fail "$(cat "$run/out")"
  in_shell "systemctl stop caravan; caravan backup restore /root/kept-$broker.tar.gz --yes >/dev/null 2>&1 && systemctl start caravan"
  await "the hub answers after the restore" 60 api /api/v1/ledger
  await "the readings are back" 60 all_stored "${broker/-/_}_first"
  all_stored "${broker/-/_}_second" || fail "readings of after the reboot are missing"
  publish "${broker/-/_}_fourth" 50
  in_shell 'caravan status' | sed -n '1p' | sed 's/^/        /'
  inside systemctl start caravan-health
  in_shell 'cat /var/lib/caravan/health/last_ok' | sed 's/^/        /'
  inside /root/p/deploy/install.sh --uninstall --purge --yes >/dev/null
  say "$broker: installed twice, rebooted, backed up, updated, wiped, restored; each reading and the device's password are there"
done
power_off
say "OK"
