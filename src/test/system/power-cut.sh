#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # words that are expanded inside the machine; functions without arguments
# Cuts the power of a whole machine under load, N times (default 20), and looks what is there when it is back: the disk is an ext4 image whose
# journal is not flushed any more from one moment on, and every process dies.
#
#   sudo src/test/system/power-cut.sh [N]
#
# A reading that the hub acknowledged (HTTP 200) is there; one that only Mosquitto acknowledged is counted, since Mosquitto keeps in memory what
# the hub has not fetched yet. The flow that is being saved all the time is its old or its new version. Takes about 20 s a cut.
# The disk is mounted for this script alone: a copy in another's namespace would keep it from being unplugged.
[[ -n ${MACHINE_ALONE:-} ]] || MACHINE_ALONE=1 exec unshare --mount --propagation private "$0" "$@"
# shellcheck source=src/test/system/machine.sh
. "$(dirname "$0")/machine.sh"

times=${1:-20}
truncate -s 6G "$run/disk.img"
mkfs.ext4 -q -F "$run/disk.img"
plug_in() {
  mkdir -p "$tree"
  local tries
  for ((tries = 0; tries < 240; tries++)); do # the kernel may still hold the one that was cut, which answers with errors
    mount -o loop "$run/disk.img" "$tree"
    ! touch "$tree/plugged-in" 2>/dev/null || return 0
    umount "$tree"
    sleep 0.25
  done
  fail "the disk could not be plugged in again"
}
holders() { # processes that see the disk in any namespace
  grep -l "$tree" /proc/[0-9]*/mountinfo 2>/dev/null | cut -d / -f 3 || true
}
unplug() { # its processes need a moment to be gone
  local tries
  for ((tries = 0; tries < 240; tries++)); do
    ! grep -q " $tree " /proc/self/mountinfo || umount "$tree" 2>/dev/null || true
    [[ -n $(holders) ]] || return 0
    sleep 0.25
  done
  for holder in $(holders); do tr '\0' ' ' <"/proc/$holder/cmdline" >&2; done
  fail "the disk could not be unplugged; who holds it is above"
}
cleanups+=('umount "$tree" 2>/dev/null || umount -l "$tree" 2>/dev/null')

cut_power() { # EXT4_IOC_SHUTDOWN without flushing the journal
  python3 -c 'import fcntl, os, struct, sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))' "$tree"
  kill "$load" "$mqtt_load" "$editor" 2>/dev/null || true
  stop_hard
  wait "$load" "$mqtt_load" "$editor" 2>/dev/null || true
  unplug
}

flow=my/saved.camel.yaml in_url=my%2Fsaved.camel.yaml
ask() {
  nsenter -t "$pid" -n curl -sS --max-time 10 -H "Authorization: Bearer $(cat "$tree/var/lib/caravan/admin.token" 2>/dev/null)" "$@" \
    "http://127.0.0.1:8080/api/v1/flow-files/$in_url" 2>/dev/null || true
}

edit() { # saves one flow again and again, by the API
  local number=0 tag
  while true; do
    number=$((number + 1))
    printf -- '- route:\n    id: saved\n    description: Version %s, %s.\n    from:\n      uri: direct:never-called\n      steps:\n        - log:\n            message: never\n' \
      "$number" "$(printf 'x%.0s' {1..3000})" >"$run/flow"
    tag=$(ask -D - -o /dev/null | sed -n 's/^[Ee][Tt]ag: *\([^\r]*\)\r*$/If-Match: \1/p')
    ask -o /dev/null -X PUT -H "${tag:-If-None-Match: *}" -H 'Content-Type: application/yaml' --data-binary "@$run/flow"
    sleep 0.2
  done
}

plug_in
unpack_into "$tree"
sync -f "$tree"
boot
install_caravan >"$run/installed" || fail "$(cat "$run/installed")"
load_device
lost=0 acked=0 mqtt_acked=0 mqtt_lost=0
for ((i = 1; i <= times; i++)); do
  start_load mqtt "mqtt_$i"
  mqtt_load=$load
  start_load http "http_$i"
  edit &
  editor=$!
  await "the load begins" 60 acknowledged_more_than "http_$i" 10
  sleep "$((RANDOM % 6 + 1)).$((RANDOM % 10))"
  cut_power
  plug_in
  whole=$(python3 -c '
import sys
text = open(sys.argv[1]).read() if len(sys.argv) > 1 else ""
print("none" if not text else "whole" if text.startswith("- route:") and text.endswith("message: never\n") and len(text) > 3000 else "HALF")
' "$tree/etc/caravan/routes/$flow" 2>/dev/null || echo none)
  [[ $whole != HALF ]] || fail "after cut $i the flow is half saved"
  start=$SECONDS
  boot >/dev/null
  await "the hub is back by itself after cut $i" 120 api /api/v1/ledger
  back=$((SECONDS - start))
  now=$(missing "http_$i")
  [[ $now == 0 ]] || fail "after cut $i, $now acknowledged readings are missing"
  sleep 1
  mqtt_now=$(missing "mqtt_$i")
  in_shell 'caravan status' >"$run/status" || fail "after cut $i: $(cat "$run/status")"
  acked=$((acked + $(acknowledged "http_$i"))) lost=$((lost + now))
  mqtt_acked=$((mqtt_acked + $(acknowledged "mqtt_$i"))) mqtt_lost=$((mqtt_lost + mqtt_now))
  say "cut $i: back after $back s; HTTP $(acknowledged "http_$i") acknowledged, $now lost; MQTT $(acknowledged "mqtt_$i") acknowledged by Mosquitto, $mqtt_now lost with it; flow $whole"
done
in_shell 'sqlite3 -version >/dev/null && systemctl stop caravan && sqlite3 /var/lib/caravan/caravan.db "pragma integrity_check"' | grep -qx ok || fail "integrity_check is not ok"
say "$times cuts: HTTP $acked acknowledged, $lost lost; MQTT $mqtt_acked acknowledged by Mosquitto, $mqtt_lost lost; integrity_check ok"
power_off
say "OK"
