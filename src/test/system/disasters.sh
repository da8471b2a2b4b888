#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # words that are expanded inside the machine; functions without arguments
# The pages of docs/runbook, tried: each disaster is made on a real Debian, what one sees is held beside the page's SIGN, the CURE's commands
# are run as they stand there, and the PROOF is looked for. All the while a device sends, and nothing that was acknowledged may be missing.
#
#   sudo src/test/system/disasters.sh [CASE ...]
#
# Takes about five minutes. Not made here: a clock that is wrong (it would be the clock of this machine, too) and a PostgreSQL.
# The disk is mounted for this script alone: a copy in another's namespace would keep it from being unplugged.
[[ -n ${MACHINE_ALONE:-} ]] || MACHINE_ALONE=1 exec unshare --mount --propagation private "$0" "$@"
# shellcheck source=src/test/system/machine.sh
. "$(dirname "$0")/machine.sh"

pages=$checkout/docs/runbook wrong=0
page() { "$here/page.py" "$pages/$1.md" "${@:2}"; }
typed() { inside bash -c 'cd /root; . ./words 2>/dev/null; . /dev/stdin' 2>&1; } # commands as somebody pastes them
shows() { # sign or proof, page and name: whether the machine shows what the page promises
  page "$2" "$1" ${3:+"$3"} | typed >"$run/shown" || true
  page "$2" "$1" ${3:+"$3"} - <"$run/shown" >"$run/missing"
}
expect() { # the same, within a time
  local until=$((SECONDS + 60))
  until shows "$@"; do
    if ((SECONDS >= until)); then # told, and on with the next: one run shows all that is wrong
      say "WRONG: $1 of $2 ${3:-}: not seen is \"$(cat "$run/missing")\", but $(cat "$run/shown")" >&2
      [[ ! -e $run/cured ]] || tail -n 5 "$run/cured" >&2
      wrong=$((wrong + 1))
      return 0
    fi
    sleep 1
  done
}
mend() { # page and name: sign, cure, proof
  local since=$SECONDS
  rm -f "$run/cured"
  page "$1" sign ${2:+"$2"} >/dev/null && expect sign "$@"
  page "$1" cure ${2:+"$2"} | typed >"$run/cured" || true
  expect proof "$@"
  done_with "$1 ${2:-}" "$since"
}
done_with() {
  say "$1"
  printf '%-42s %4d s\n' "$1" $((SECONDS - $2)) >>"$run/table"
}
properties=/etc/caravan/caravan.properties

hub() {
  in_shell "echo 'caravan.http.prot = 8081' >>$properties; systemctl restart caravan || true"
  mend hub-does-not-start settings
  in_shell "systemctl stop caravan; systemd-run -q --unit=thief perl -MIO::Socket -e '@s = IO::Socket::INET->new(LocalPort => 8080, Listen => 5, ReuseAddr => 1) or die; sleep 999'; sleep 1; systemctl start caravan || true"
  mend hub-does-not-start port
  in_shell "systemctl stop thief; sed -i '/^caravan.http.port/d' $properties; systemctl restart caravan"
  in_shell 'mv /usr/lib/jvm/java-17-openjdk-* /opt/; systemctl restart caravan || true'
  mend hub-does-not-start java
  in_shell 'rm -f /usr/lib/jvm/java-for-caravan; mv /opt/java-17-openjdk-* /usr/lib/jvm/; echo CARAVAN_JAVA_OPTS=-Xmx16m >/etc/caravan/caravan.env; systemctl restart caravan || true'
  mend hub-does-not-start memory
}

gets_in() { inside mosquitto_pub -V 5 -h 127.0.0.1 -u homeassistant -P ha-word -t home/lamp -m on >"$run/gets-in" 2>&1 && ! grep -qi 'not auth' "$run/gets-in"; }
broker() {
  in_shell 'echo "listner 1884" >>/etc/mosquitto/conf.d/caravan.conf; systemctl restart mosquitto || true'
  mend broker-does-not-start
  in_shell 'echo "listner 1884" >/etc/mosquitto/conf.d/mine.conf; systemctl restart mosquitto || true'
  mend broker-does-not-start other-file
  in_shell 'mv /etc/mosquitto/conf.d/caravan.conf /root; systemctl restart mosquitto || true'
  mend broker-does-not-start local-only
  in_shell 'umask 077; printf "%s\n" "-h 127.0.0.1" "-u caravan-control" "-P $(sed -n "s/^caravan.mqtt.control.password *= *//p" /etc/caravan/caravan.properties)" >/run/mosquitto_ctrl
    XDG_CONFIG_HOME=/run mosquitto_ctrl -o /run/mosquitto_ctrl dynsec createClient homeassistant -p ha-word; systemctl start caravan-broker-files'
  gets_in || fail "the account of somebody else does not get in"
  in_shell 'systemctl stop mosquitto; truncate -s 700 /var/lib/mosquitto/dynamic-security.json'
  mend broker-lost-its-accounts file
  ! gets_in || fail "its accounts are not lost"
  mend broker-lost-its-accounts others
  await "the account of somebody else is back" 30 gets_in
  in_shell "sed -i 's/^caravan.mqtt.password.*/caravan.mqtt.password = wrong/' $properties; systemctl restart caravan"
  mend broker-lost-its-accounts password
}

flow() {
  in_shell "sed -i 's/steps:/stpes:/' /etc/caravan/routes/reading/paku-data.camel.yaml"
  mend flow-is-rejected
}

locked() {
  in_shell "systemd-run -q sqlite3 -cmd '.timeout 20000' /var/lib/caravan/caravan.db 'begin exclusive;' '.shell sleep 999'"
  mend database-is-locked
}

full() {
  in_shell 'dd if=/dev/zero of=/var/log/old.gz bs=1M status=none 2>/dev/null || true'
  mend disk-is-full
}

token() {
  in_shell 'rm /var/lib/caravan/admin.token'
  mend token-is-lost
}

device() {
  in_shell 'caravan device add gate >/dev/null; caravan device disable gate >/dev/null'
  local since=$SECONDS
  page device-cannot-connect cure | typed >"$run/cured"
  sed -n 's/^[[:space:]]*[Pp]assword[[:space:]]*\(.*\)$/password=\1/p' "$run/cured" >"$tree/root/words"
  expect proof device-cannot-connect
  done_with device-cannot-connect "$since"
  in_shell "mosquitto_pub -V 5 -h 127.0.0.1 -q 1 -u hut-1 -P '$(cat "$run/password")' -t caravan/hut-1/telemetry -m nonsense"
  expect sign readings-are-missing quarantine
}

certificate() {
  in_shell 'caravan tls init >/dev/null; install -o mosquitto -m 600 /var/lib/caravan/tls/server.* /etc/mosquitto/certs/ && cp /opt/caravan/current/config/mosquitto/caravan-tls.conf /etc/mosquitto/conf.d/ && systemctl restart mosquitto'
  mend certificate-expired
}

postgres() { # none is there: that is the sign
  in_shell "printf '%s\n' 'caravan.db.url = jdbc:postgresql://127.0.0.1:5432/caravan' 'caravan.db.user = caravan' >>$properties; systemctl restart caravan"
  local since=$SECONDS
  in_shell 'caravan device add meanwhile >/dev/null 2>&1 || true'
  expect sign postgresql-is-away
  page postgresql-is-away cure sqlite | typed >"$run/cured"
  expect proof postgresql-is-away
  done_with postgresql-is-away "$since"
}

update() {
  local broken=$run/caravan-9.9.9 was=${package##*/caravan-}
  mkdir "$broken" && tar -C "$broken" --strip-components=1 -xzf "$package"
  mv "$broken/lib/caravan-${was%.tar.gz}.jar" "$broken/lib/caravan-9.9.9.jar"
  echo 'exit 1' >>"$broken/bin/java.sh"
  tar -C "$run" -cf - caravan-9.9.9 | gzip -1 >"$tree/root/broken.tar.gz"
  rm -rf "$broken"
  ! inside /opt/caravan/current/deploy/update.sh /root/broken.tar.gz --yes >"$run/updated" 2>&1 || fail "the broken release is called good"
  mend update-failed
}

power() {
  stop_hard
  boot >/dev/null
  mend power-was-cut
}

card() { # the kernel takes the right to write; the check is that of the next start
  in_shell 'caravan backup now >/dev/null'
  local since=$SECONDS disk
  disk=$(basename "$(losetup -n -O NAME -j "$run/disk.img" | head -n 1)")
  [[ $disk == loop* ]] || fail "the machine's disk is \"$disk\""
  echo 1 >"/sys/fs/ext4/$disk/trigger_fs_error"
  expect sign card-is-failing
  stop_load
  stop_hard
  unplug
  e2fsck -fy "$run/disk.img" >"$run/fsck" 2>&1 || (($? < 4)) || fail "$(cat "$run/fsck")"
  plug_in
  boot >/dev/null
  expect proof card-is-failing
  done_with card-is-failing "$since"
  start_load http load
}

new_machine() { # the last one: all of it is gone, but for package and backup
  stop_load
  await "all that was acknowledged is stored" 60 all_stored load
  in_shell 'caravan backup now >/dev/null; ls /var/lib/caravan/backups'
  cp "$(find "$tree/var/lib/caravan/backups" -name 'caravan-*Z-*.tar.gz' | sort | tail -n 1)" "$run/"
  stop_hard
  unplug
  empty_disk
  cp "$run"/caravan-*Z-*.tar.gz "$package" "$tree/root/"
  boot >/dev/null
  mend new-card-or-machine
}

plug_in() {
  mkdir -p "$tree"
  mount -o loop,errors=remount-ro "$run/disk.img" "$tree"
}
unplug() { # its processes need a moment to be gone
  local tries
  for ((tries = 0; tries < 240; tries++)); do
    ! umount "$tree" 2>/dev/null || return 0
    sleep 0.25
  done
  fail "the disk could not be unplugged"
}
empty_disk() {
  rm -f "$run/disk.img"
  truncate -s 4G "$run/disk.img"
  mkfs.ext4 -q -F "$run/disk.img"
  plug_in
  unpack_into "$tree"
  printf '#!/bin/sh\nexec "$@"\n' >"$tree/usr/local/bin/sudo" && chmod 755 "$tree/usr/local/bin/sudo" # one is root already
}

cleanups+=('umount "$tree" 2>/dev/null || umount -l "$tree" 2>/dev/null')
empty_disk
boot
install_caravan >"$run/installed" || fail "$(cat "$run/installed")"
load_device
say "installed; a device sends from now on"
start_load http load
[[ $# -gt 0 ]] || set -- hub broker flow locked full token device certificate postgres update power card new_machine
for case in "$@"; do
  "$case"
  if [[ $case != new_machine ]]; then
    await "after $case the device is heard again" 60 acknowledged_more_than load "$(acknowledged load)"
  fi
done
stop_load
await "all that was acknowledged is stored" 60 all_stored load
say "$(acknowledged load) readings acknowledged during all this, 0 missing"
power_off
cat "$run/table"
((wrong == 0)) || fail "$wrong of these were not as their page says"
say "OK"
