#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # words that are expanded inside the machine; functions without arguments
# Updates on a real Debian: to a release that works, back and forth; to one that does not start, one that has changed the form of the database,
# and one that says it is ready and is not; and with a kill of the whole machine in the middle. What was acknowledged meanwhile is there.
#
#   sudo src/test/system/update.sh
#
# Takes about five minutes. machine.sh beside it says what can be set.
# shellcheck source=src/test/system/machine.sh
. "$(dirname "$0")/machine.sh"

release() { # version, command in its folder: the package under another name, with something done to it
  local folder=$run/releases/caravan-$1 was=${package##*/caravan-}
  mkdir -p "$run/releases"
  tar -C "$run/releases" -xzf "$package"
  mv "$run/releases/caravan-${was%.tar.gz}" "$folder"
  mv "$folder/lib/caravan-${was%.tar.gz}.jar" "$folder/lib/caravan-$1.jar"
  (cd "$folder" && eval "$2")
  tar -C "$run/releases" -cf - "caravan-$1" | gzip -1 >"$tree/root/caravan-$1.tar.gz"
  (cd "$tree/root" && sha256sum "caravan-$1.tar.gz" >"caravan-$1.tar.gz.sha256")
  rm -rf "$folder"
}
at() { in_shell 'basename "$(readlink /opt/caravan/current)"; systemctl is-active caravan' | tr '\n' ' '; }
expect() { # what /opt/caravan/current is at, with a hub that runs
  [[ $(at) == "$1 active " ]] || fail "expected $1 active, found $(at)"
}

unpack_into "$tree"
release 9.1.0 'echo "# newer" >>routes/reading/unknown-topic.camel.yaml'
release 9.2.0 "sed -i '\$a exit 1' bin/java.sh" # does not start
release 9.3.0 "sed -i '\$a case \"\$*\" in up*) systemd-notify --ready; sleep 1000 ;; esac' bin/java.sh" # says that it is ready, and does nothing
# shellcheck disable=SC2089 # words of another script
newer_form='case "$*" in up*) db=/var/lib/caravan/caravan.db copy=/var/lib/caravan/backups/caravan-20991231T000000Z-before-schema-999.db
mkdir -p /var/lib/caravan/backups
[ -e $copy ] || sqlite3 $db "vacuum into '\''$copy'\''"
sqlite3 $db "insert into flyway_schema_history select max(installed_rank) + 1, 999, 1, 1, 1, 1, 1, 1, 1, 1 from flyway_schema_history"
exit 1 ;; esac'
# shellcheck disable=SC2090
export newer_form
release 9.6.0 'printf "%s\n" "$newer_form" >>bin/java.sh' # changes the form of the database, and does not start
boot
install_caravan >"$run/installed" || fail "$(cat "$run/installed")"
version=$(in_shell 'basename "$(readlink /opt/caravan/current)"')
load_device
in_shell 'echo "# mine" >>/etc/caravan/routes/reading/esphome-status.camel.yaml'
say "installed $version; under load from now on"
start_load mqtt load

update=/opt/caravan/current/deploy/update.sh
start=$SECONDS
inside $update /root/caravan-9.1.0.tar.gz --yes | sed 's/^/        /'
expect 9.1.0
say "updated in $((SECONDS - start)) s"
in_shell 'tail -n 1 /etc/caravan/routes/reading/unknown-topic.camel.yaml | grep -q newer && tail -n 1 /etc/caravan/routes/reading/esphome-status.camel.yaml | grep -q mine' || fail "flows: the new one is not there, or mine is gone"
inside $update /root/caravan-9.1.0.tar.gz --yes | grep -q 'Nothing to do' || fail "the same update again does something"

for broken in 9.2.0 9.3.0 9.6.0; do
  start=$SECONDS
  if inside $update /root/caravan-$broken.tar.gz --yes >"$run/out" 2>&1; then fail "the update to $broken is called good: $(cat "$run/out")"; fi
  sed 's/^/        /' "$run/out"
  expect 9.1.0
  ((SECONDS - start <= 240)) || fail "that took $((SECONDS - start)) s"
  say "$broken does not work: back on 9.1.0 after $((SECONDS - start)) s, backup included"
done

inside /opt/caravan/current/deploy/rollback.sh --yes >"$run/out" 2>&1 || fail "$(cat "$run/out")"
expect "$version"
inside /opt/caravan/current/deploy/rollback.sh --yes >"$run/out" 2>&1 || fail "$(cat "$run/out")"
expect 9.1.0
say "rolled back, and forward again"

if inside $update /root/p/LICENSE --yes >"$run/out" 2>&1; then fail "a text is called a package"; fi
in_shell 'head -c 20000000 /root/caravan-9.2.0.tar.gz >/root/caravan-9.4.0.tar.gz'
if inside $update /root/caravan-9.4.0.tar.gz --yes >"$run/out" 2>&1; then fail "half a package is called good"; fi
if inside $update /root/caravan-9.2.0.tar.gz </dev/null >"$run/out" 2>&1; then fail "without --yes and without a terminal it went on"; fi
expect 9.1.0
say "refused: a text, half a package, nobody to ask"

stop_load
release 9.5.0 true
inside systemd-run --quiet $update /root/caravan-9.5.0.tar.gz --yes
await "the update has switched" 60 in_shell 'test "$(basename "$(readlink /opt/caravan/current)")" = 9.5.0'
stop_hard
boot
await "the update is brought to its end" 150 in_shell 'test ! -e /opt/caravan/under-way && systemctl is-active caravan'
expect 9.5.0
say "killed in the middle of an update: $(in_shell 'journalctl -q -u caravan-resume --no-pager -o cat | grep -E "Works|Returned"')"
await "all that was acknowledged is stored" 60 all_stored load
say "$(acknowledged load) acknowledged during all this, 0 missing; releases kept: $(in_shell 'ls /opt/caravan/releases' | tr '\n' ' ')"
power_off
say "OK"
