#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # words that are expanded inside the machine; functions without arguments
# Cuts the power of a whole machine under load, N times (default 20), and looks what is there when it is back: the disk is an ext4 image whose
# journal is not flushed any more from one moment on, and every process dies.
#
#   sudo src/test/system/power-cut.sh [N] [mosquitto | mosquitto-saving | in-process]
#
# A reading that the hub acknowledged (HTTP 200) is there. One that only the broker acknowledged is counted: Mosquitto keeps in memory what the
# hub has not fetched yet, even when it saves after each change (mosquitto-saving); of the broker in the hub (in-process) none may be missing.
# With CUT_WHILE_UNPACKING=1 the disk has much to write besides.
# The flow and the settings that are being saved all the time are their old or their new version. Takes about 20 s a cut.
# shellcheck source=src/test/system/disk.sh
. "$(dirname "$0")/disk.sh"

times=${1:-20} broker=${2:-mosquitto}
case $broker in mosquitto | mosquitto-saving) install=() ;; in-process) install=(--broker in-process) ;; *) fail "there is no broker $broker" ;; esac
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

fill_disk() { # as an update does that unpacks a release
  nsenter -t "$pid" -a -r -w -- /bin/sh -c 'while true; do mkdir -p /root/x; tar -C /root/x -xzf /media/caravan-*.tar.gz; sync -f /root; rm -rf /root/x; done' >/dev/null 2>&1
}
edit_settings() { # writes them anew again and again, as install.sh does
  nsenter -t "$pid" -a -r -w -- /bin/sh -c '
    here=/opt/caravan/current/deploy
    . $here/parts/words.sh
    . $here/parts/settings.sh
    number=0
    while sleep 0.1; do
      number=$((number + 1))
      { grep -v "^#" $etc/caravan.properties; i=0; while [ $i -lt 300 ]; do i=$((i + 1)); echo "# $number of settings that are edited"; done; } >$etc/caravan.properties.part
      keep_settings
    done' >/dev/null 2>&1
}

plug_in
unpack_into "$tree"
sync -f "$tree"
boot
install_caravan "${install[@]}" >"$run/installed" || fail "$(cat "$run/installed")"
if [[ $broker == mosquitto-saving ]]; then
  in_shell "sed -i 's/^autosave_interval.*/autosave_interval 1\nautosave_on_changes true/' /etc/mosquitto/conf.d/caravan.conf; systemctl restart mosquitto"
fi
load_device
lost=0 acked=0 mqtt_acked=0 mqtt_lost=0
for ((i = 1; i <= times; i++)); do
  start_load mqtt "mqtt_$i"
  busy=("$load")
  start_load http "http_$i"
  busy+=("$load")
  edit &
  busy+=($!)
  edit_settings &
  busy+=($!)
  if [[ -n ${CUT_WHILE_UNPACKING:-} ]]; then
    fill_disk &
    busy+=($!)
  fi
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
  python3 -c '
import sys
lines = open(sys.argv[1]).read().split("\n")
edits = [line for line in lines if line.startswith("# ") and line.endswith("of settings that are edited")]
sys.exit(0 if "caravan.data = /var/lib/caravan" in lines and len(edits) in (0, 300) and len(set(edits)) <= 1 else 1)
' "$tree/etc/caravan/caravan.properties" || fail "after cut $i the settings are half saved"
  start=$SECONDS
  boot >/dev/null
  await "the hub is back by itself after cut $i" 120 api /api/v1/ledger
  back=$((SECONDS - start))
  now=$(missing "http_$i")
  [[ $now == 0 ]] || fail "after cut $i, acknowledged readings are missing: $(which_missing "http_$i")"
  for ((tries = 0; tries < 20; tries++)); do # what the broker kept comes in a moment, once the hub has subscribed
    mqtt_now=$(missing "mqtt_$i")
    [[ $mqtt_now != 0 ]] || break
    sleep 0.5
  done
  [[ $broker != in-process || $mqtt_now == 0 ]] || fail "after cut $i, $mqtt_now that the broker acknowledged are missing"
  in_shell 'caravan status' >"$run/status" || fail "after cut $i: $(cat "$run/status")"
  acked=$((acked + $(acknowledged "http_$i"))) lost=$((lost + now))
  mqtt_acked=$((mqtt_acked + $(acknowledged "mqtt_$i"))) mqtt_lost=$((mqtt_lost + mqtt_now))
  say "cut $i: back after $back s; HTTP $(acknowledged "http_$i") acknowledged, $now lost; MQTT $(acknowledged "mqtt_$i") acknowledged by the broker, $mqtt_now lost with it; flow $whole, settings whole"
done
in_shell 'sqlite3 -version >/dev/null && systemctl stop caravan && sqlite3 /var/lib/caravan/caravan.db "pragma integrity_check"' | grep -qx ok || fail "integrity_check is not ok"
say "$times cuts: HTTP $acked acknowledged, $lost lost; MQTT $mqtt_acked acknowledged by the broker ($broker), $mqtt_lost lost; integrity_check ok"
power_off
say "OK"
