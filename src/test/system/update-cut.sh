#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2034,SC2119 # words that are expanded inside the machine; functions without arguments
# Cuts the power at each step of an update: the machine comes back by itself with one of the two releases, whole, and the update is over. And an
# update with a disk that is nearly full changes nothing.
#
#   sudo src/test/system/update-cut.sh [full]
#
# With `full`, only the disk that is nearly full. The scripts of the installed release stop where they are told, and the power is cut there. Takes
# about four minutes.
# shellcheck source=src/test/system/disk.sh
. "$(dirname "$0")/disk.sh"

# Where: behind the line of which script that begins so.
steps=(
  'releases.sh|    mv "$1" "$releases/$version"|unpacked'
  'change.sh|    mv $under_way.part $under_way|noted'
  'change.sh|    sync -f /opt/caravan|noted for good'
  'flows.sh|            cp "$will/routes/$flow" "$mine.part"|in the middle of the flows'
  'flows.sh|    find "$etc/routes" -name '"'*.camel.yaml.part' | while"'|the flows have their names'
  'change.sh|    point "$previous" "$releases/$1"|previous is moved, current is not'
  'change.sh|    point "$current" "$releases/$2"|current is moved, the units are not'
  'change.sh|    systemctl start --no-block caravan|the new one starts'
  "gate.sh|    why='' device=smoke-test-|its test has begun"
)
[[ ${1:-} != full ]] || steps=()

plug_in
unpack_into "$tree"
for ((i = 0; i < ${#steps[@]}; i++)); do make_release "9.$((i + 1)).0" 'echo "# of $1" >>routes/reading/unknown-topic.camel.yaml'; done
make_release 9.99.0 true
sync -f "$tree"
boot
install_caravan >"$run/installed" || fail "$(cat "$run/installed")"
load_device

stop_at() { # file, line: the script sleeps behind it, and says so
  python3 - "$tree$(in_shell 'readlink -f /opt/caravan/current')/deploy/parts/$1" "$2" <<'END'
import os, sys
path, line = sys.argv[1:]
text = open(path).read().split("\n")
at = [i for i, each in enumerate(text) if each.startswith(line)]
assert at, line
os.chmod(path, 0o644)
text.insert(at[0] + 1, "[ -e /run/no-more ] || { touch /run/here; sleep 1000; } # of a test")
open(path, "w").write("\n".join(text))
END
}

for ((i = 0; i < ${#steps[@]}; i++)); do
  file=${steps[i]%%|*} what=${steps[i]##*|} line=${steps[i]#*|}
  line=${line%|*}
  old=$(at | cut -d ' ' -f 1)
  stop_at "$file" "$line"
  in_shell 'rm -f /run/here /run/no-more'
  start_load http "cut_$i"
  busy=("$load")
  inside systemd-run --quiet /opt/caravan/current/deploy/update.sh "/root/caravan-9.$((i + 1)).0.tar.gz" --yes
  await "the update is where it is to be cut: $what" 60 in_shell 'test -e /run/here'
  cut_power
  plug_in
  # The sleep was for the cut alone.
  find "$tree/opt/caravan/releases" -name '*.sh' -exec sed -i '/# of a test$/d' {} +
  start=$SECONDS
  boot >/dev/null
  await "the update is over" 150 in_shell 'test ! -e /opt/caravan/under-way && systemctl is-active caravan'
  await "the hub is back" 120 api /api/v1/ledger
  [[ $(missing "cut_$i") == 0 ]] || fail "acknowledged readings are missing: $(which_missing "cut_$i")"
  now=$(at | cut -d ' ' -f 1)
  [[ $now == "$old" || $now == "9.$((i + 1)).0" ]] || fail "it is at $now"
  in_shell 'cd /opt/caravan/current/routes && for f in reading/*.yaml; do cmp -s $f /etc/caravan/routes/$f || { echo $f; exit 1; }; done' || fail "the flows are not those of $now"
  say "cut $((i + 1)), $what: from $old, now $now after $((SECONDS - start)) s; $(acknowledged "cut_$i") acknowledged, 0 missing"
  [[ $now == "9.$((i + 1)).0" ]] || inside /opt/caravan/current/deploy/update.sh "/root/caravan-9.$((i + 1)).0.tar.gz" --yes >"$run/out" 2>&1 || fail "$(cat "$run/out")"
done

old=$(at)
in_shell 'rm -f /root/caravan-9.[1-9].0.tar.gz*; free=$(df -Pm /opt | awk "NR == 2 { print \$4 }"); fallocate -l $((free - 150))M /root/fill'
refused "an update with a disk that is nearly full" /opt/caravan/current/deploy/update.sh /root/caravan-9.99.0.tar.gz --yes
sed 's/^/        /' "$run/out"
[[ $(at) == "$old" ]] || fail "it is at $(at)"
in_shell 'test ! -e /opt/caravan/releases/9.99.0 && ! ls -d /opt/caravan/releases/.part* 2>/dev/null'
say "a disk that is nearly full: refused, nothing changed"
# It seems to have room, and is full in the middle.
in_shell 'sed -i "s/^want_room() {.*/want_room() { return 0; }\nnot_any_more() {/" /opt/caravan/current/deploy/parts/releases.sh; rm /root/fill; free=$(df -Pm /opt | awk "NR == 2 { print \$4 }"); fallocate -l $((free - 30))M /root/fill'
refused "an update that fills the disk" /opt/caravan/current/deploy/update.sh /root/caravan-9.99.0.tar.gz --yes
grep -q 'could not be unpacked' "$run/out" || fail "the disk was not full in the middle: $(cat "$run/out")"
sed 's/^/        /' "$run/out"
in_shell 'rm /root/fill'
[[ $(at) == "$old" ]] || fail "it is at $(at)"
in_shell 'test ! -e /opt/caravan/releases/9.99.0 && ! ls -d /opt/caravan/releases/.part* 2>/dev/null' || fail "half a release is there"
await "the hub is well" 60 in_shell 'caravan status'
say "a disk that is full in the middle of unpacking: $old runs, and nothing of the new one is left"
inside /opt/caravan/current/deploy/update.sh /root/caravan-9.99.0.tar.gz --yes >"$run/out" 2>&1 || fail "$(cat "$run/out")"
expect 9.99.0
power_off
say "OK"
