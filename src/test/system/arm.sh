#!/usr/bin/env bash
# The package on a Pi's processor: with arm64's Java under emulation, what it is, a hub that starts, and a reading that is stored and read back.
# It proves that the parts written in C are there for it, not how fast it is.
#
#   sudo src/test/system/arm.sh
#
# Takes two to three minutes. Needs qemu-user-static, mmdebstrap and curl; MACHINE_WORK and MACHINE_PACKAGE as in machine.sh.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
work=${MACHINE_WORK:-/var/tmp/caravan-machines}
package=${MACHINE_PACKAGE:-$(find "$here/../../../target" -maxdepth 1 -name 'caravan-*.tar.gz' | sort | tail -n 1)}
tar=${MACHINE_TAR:-$work/bookworm-arm64.tar}
run=$work/arm-$$
hub=''
say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }
fail() {
  say "FAILED: $*" >&2
  tail -n 20 "$run/log" >&2 || true
  exit 1
}
finish() {
  [[ -z $hub ]] || { kill -KILL "$hub" 2>/dev/null; wait "$hub" 2>/dev/null; } || true
  rm -rf "$run"
}
trap finish EXIT
mkdir -p "$run/tree" "$run/package" "$run/data" "$work"
if [[ ! -f $tar ]]; then
  say "unpacking Debian's arm64 packages with mmdebstrap"
  mmdebstrap --quiet --format=tar --variant=extract --architectures=arm64 --include=openjdk-17-jre-headless bookworm "$tar.part" && mv "$tar.part" "$tar"
fi
tar -C "$run/tree" -xf "$tar"
tar -C "$run/package" --strip-components=1 -xzf "$package"

java() { # under emulation, in a process of its own; what it starts is this machine's own
  exec qemu-aarch64-static -L "$run/tree" "$run/tree/usr/lib/jvm/java-17-openjdk-arm64/bin/java" -Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    "-Dcaravan.home=$run/package" -Dcaravan.command=caravan -cp "$run/package/lib/*" "$@"
}

say "$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *os.arch = /Java for /p'): $(java org.caravanhub.cli.Main version)"
port=18099
CARAVAN_BROKER=in-process CARAVAN_MQTT_PORT=18098 CARAVAN_MQTT_HOST=127.0.0.1 java org.caravanhub.cli.Main up --data "$run/data" --http-port $port >"$run/log" 2>&1 &
hub=$!
until curl -sf --max-time 5 "http://127.0.0.1:$port/health" >"$run/health"; do
  kill -0 "$hub" 2>/dev/null || fail "the hub has ended"
  ((SECONDS < 400)) || fail "the hub does not start"
  sleep 1
done
say "the hub is up"
ask() { curl -sSf --max-time 60 -H "Authorization: Bearer $(cat "$run/data/admin.token")" "$@"; }
password=$(ask -H 'Content-Type: application/json' -d '{"id":"hut-1"}' "http://127.0.0.1:$port/api/v1/devices" | sed -n 's/.*"password":"\([^"]*\)".*/\1/p')
curl -sSf --max-time 60 -u "hut-1:$password" -H 'Content-Type: application/json' -d '{"metrics":{"temperature_c":21.5}}' "http://127.0.0.1:$port/api/v1/ingest" >/dev/null
ask "http://127.0.0.1:$port/api/v1/readings?device=hut-1" | grep -q '"temperature_c":21.5' || fail "the reading is not there"
ask "http://127.0.0.1:$port/api/v1/ledger" | grep -q '"stored":1' || fail "the ledger does not count it"
say "a reading was stored and read back by linux/arm64"
say "OK"
