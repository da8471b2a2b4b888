#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # words that are expanded inside the machine; functions without arguments
# The whole life of a hub on a real Debian with systemd, and no network: provision, install twice, publish, reboot, backup, wipe, restore.
#
#   sudo src/test/system/boot.sh
#
# Takes two to three minutes and some gigabytes. machine.sh beside it says what can be set.
# shellcheck source=src/test/system/machine.sh
. "$(dirname "$0")/machine.sh"

publish() { # name, how many: readings by MQTT, as the device hut-1, until so many are acknowledged; then all of them are stored
  start_load mqtt "$1"
  await "$2 readings of $1 are acknowledged" 60 acknowledged_more_than "$1" "$2"
  stop_load
  await "all readings of $1 are stored" 60 all_stored "$1"
  say "$1: $(acknowledged "$1") readings published and stored"
}
process() { in_shell 'systemctl show -p MainPID -p NRestarts -p ActiveEnterTimestampMonotonic caravan' | tr '\n' ' '; }
settings=/etc/caravan/caravan.properties
restore_while_it_runs() { # a backup that all of first and second is in
  local start=$SECONDS before after
  publish meanwhile 50
  in_shell "sha256sum <$settings >/root/settings; echo '# changed since' >>$settings"
  before=$(process)
  inside caravan backup restore "$1" --yes >"$run/out" 2>&1 || [[ $? == 8 ]] || fail "the restore with the hub running: $(cat "$run/out")"
  sed 's/^/        /' "$run/out"
  grep -q "^$settings is not the hub's to write" "$run/out" || fail "the settings were changed since the backup, and it does not say so"
  say "restored while the hub runs in $((SECONDS - start)) s"
  [[ $(missing first)$(missing second) == 00 ]] || fail "readings of the backup are missing"
  [[ $(missing meanwhile) == "$(acknowledged meanwhile)" ]] || fail "what came after the backup is there"
  in_shell "$(sed -n 's/^ *→ sudo \(install .*\)/\1/p' "$run/out"); sha256sum <$settings | cmp - /root/settings; test \"\$(stat -c '%U %G %a' $settings)\" = 'root caravan 640'" || fail "the command that it names does not bring the settings back"
  in_shell 'cd /var/lib/caravan && test -z "$(find . ! -user caravan)"' || fail "something in the data folder is not the hub's"
  publish again 50
  inside caravan backup restore "$(in_shell 'ls -t /var/lib/caravan/backups/*-before-restore.tar.gz | head -n 1')" --yes >"$run/out" 2>&1 || [[ $? == 8 ]] || fail "$(cat "$run/out")"
  await "and what was saved before it, brought back: nothing is missing" 30 all_stored meanwhile
  sleep 50 # longer than its watchdog waits
  after=$(process)
  [[ $after == "$before" ]] || fail "systemd has seen another process: $before, then $after"
  [[ $after == *NRestarts=0* ]] || fail "$after"
  say "there and back while it runs: one process, NRestarts=0, its watchdog fed; settings of root named, and brought back by the command that it names"
}

unpack_into "$tree"
boot

if in_shell "mkdir -p /root/p && tar -C /root/p --strip-components=1 -xzf /media/$(basename "$package") && test -x /root/p/deploy/provision.sh"; then
  inside /root/p/deploy/provision.sh --yes --no-packages | sed 's/^/        /'
  inside /root/p/deploy/provision.sh --yes --no-packages | grep -q 'Nothing to change' || fail "provision.sh changes something the second time"
  say "provisioned; the second run changed nothing"
  if in_shell 'test -x /usr/sbin/nft && test -x /usr/sbin/sshd' 2>/dev/null; then
    inside /root/p/deploy/provision.sh --yes --no-packages --firewall | sed 's/^/        /'
    in_shell 'nft list ruleset | grep -q "policy drop"' || fail "the firewall is not there"
    ! inside /root/p/deploy/provision.sh --yes --no-packages --harden-ssh >"$run/ssh" 2>&1 || fail "SSH is closed although nobody has a key"
    in_shell 'useradd -m -G sudo owner; mkdir -p /home/owner/.ssh; echo ssh-ed25519 AAAA owner >/home/owner/.ssh/authorized_keys'
    inside /root/p/deploy/provision.sh --yes --no-packages --harden-ssh | sed 's/^/        /'
    in_shell '/usr/sbin/sshd -T | grep -qx "passwordauthentication no"; systemctl is-active caravan-ssh-back.timer'
    inside /root/p/deploy/provision.sh --yes --no-packages --firewall --harden-ssh | grep -q 'Nothing to change' || fail "provision.sh closes doors twice"
    inside systemctl start caravan-ssh-back.service
    await "SSH is taken back" 10 in_shell 'test ! -e /etc/ssh/sshd_config.d/10-caravan.conf'
    say "firewall and SSH: refused without a key, closed, and taken back since nobody logged in anew"
  fi
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

load_device
publish first 200
in_shell 'systemctl start caravan-health; cat /var/lib/caravan/health/last_ok'

power_off
boot
await "the hub is back after a reboot" 90 api /api/v1/ledger
all_stored first || fail "readings are missing after the reboot"
publish second 100
say "rebooted; hub up $(in_shell 'systemctl show -p ActiveEnterTimestampMonotonic --value caravan' | awk '{printf "%.1f s after the kernel", $1/1e6 - '"$(in_shell 'systemctl show -p UserspaceTimestampMonotonic --value')"'/1e6}'); order: $(in_shell 'systemd-analyze critical-chain --no-pager caravan.service 2>/dev/null | grep -c mosquitto') x mosquitto before the hub"

if inside caravan help backup >/dev/null 2>&1; then
  in_shell 'caravan backup now --quiet >/dev/null 2>&1; caravan backup drill --quiet >/dev/null 2>&1; find /var/lib/caravan ! -user caravan' >"$run/out" 2>&1 || fail "$(cat "$run/out")"
  [[ ! -s $run/out ]] || fail "what root has typed has left files that are not the hub's: $(cat "$run/out")"
  in_shell 'systemctl start caravan-backup || { journalctl -q -u caravan-backup --no-pager -n 20; exit 1; }'
  file=$(in_shell 'ls -t /var/lib/caravan/backups/caravan-*.tar.gz | head -n 1')
  in_shell 'systemctl start caravan-drill || { journalctl -q -u caravan-drill --no-pager -n 20; exit 1; }'
  say "backed up: $file, $(in_shell "stat -c %s $file") bytes"
  in_shell "cp $file /root/kept.tar.gz"
  restore_while_it_runs "$file"
  inside /root/p/deploy/install.sh --uninstall --purge --yes | sed 's/^/        /'
  in_shell 'test ! -e /var/lib/caravan && test ! -e /etc/caravan'
  say "wiped"
  install_caravan >/dev/null
  in_shell "mkdir -p /var/lib/caravan/backups && cp /root/kept.tar.gz /var/lib/caravan/backups/$(basename "$file")"
  in_shell "systemctl stop caravan && caravan backup restore /var/lib/caravan/backups/$(basename "$file") --yes --data /var/lib/caravan && systemctl start caravan"
  await "the hub answers after the restore" 60 api /api/v1/ledger
  await "the readings are back" 60 all_stored first
  all_stored second || fail "readings of after the reboot are missing"
  publish third 100 # the device gets in with its old password
  say "restored on an empty machine: all readings, and the device gets in with its password"
else
  say "SKIPPED backup, wipe and restore: this package has no command \"backup\""
  inside /root/p/deploy/install.sh --uninstall --purge --yes | sed 's/^/        /'
  in_shell 'test ! -e /var/lib/caravan && test ! -e /etc/caravan && test ! -e /opt/caravan && ! id caravan 2>/dev/null'
  say "wiped"
fi

deb=$(find "$(dirname "$package")" -maxdepth 1 -name 'caravan_*_all.deb' | head -n 1)
if [[ -n $deb ]]; then
  inside /root/p/deploy/install.sh --uninstall --purge --yes >/dev/null
  inside dpkg -i "/media/${deb##*/}" 2>&1 | sed 's/^/        /'
  [[ $(in_shell 'systemctl is-active caravan; dpkg-query -W -f "\${Status}" caravan') == $'active\ninstall ok installed' ]] || fail "the .deb is not installed"
  inside dpkg -i "/media/${deb##*/}" 2>&1 | grep -q 'Nothing to do' || fail "the same .deb again does something"
  inside dpkg --purge caravan 2>&1 | sed 's/^/        /'
  in_shell 'test ! -e /var/lib/caravan && test ! -e /etc/caravan && test ! -e /opt/caravan && ! id caravan 2>/dev/null'
  say "installed and purged as a .deb"
fi
power_off
say "OK"
