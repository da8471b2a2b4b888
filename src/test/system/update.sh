#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2034,SC2119 # words that are expanded inside the machine; functions without arguments
# Updates on a real Debian: to a release that works, back and forth; to one that does not start, one that says it is ready and is not, and one that
# has moved the tables to a new form and then fails; to one that moves them for longer than its patience; back from that with and without the
# backup of then; and with a kill of the whole machine in the middle. What was acknowledged meanwhile is there.
#
#   sudo src/test/system/update.sh [postgres]
#
# With `postgres` the hub keeps everything in a PostgreSQL of the machine. Takes about six minutes. machine.sh beside it says what can be set.
# shellcheck source=src/test/system/machine.sh
. "$(dirname "$0")/machine.sh"
kind=${1:-}

small='create table of_a_test (n integer)'
slow="create table slow (n integer, words text);
insert into slow with recursive c(n) as (select 1 union all select n + 1 from c where n < ${slow_rows:-8000000}) select n, hex(randomblob(40)) from c;
create index slow_words on slow (words);
drop table slow"
slow_there='select pg_sleep(75)'

unpack_into "$tree"
make_release 9.1.0 'echo "# newer" | tee -a routes/reading/unknown-topic.camel.yaml >>config/mosquitto/caravan-accounts
  sed "s/drill/newer/" systemd/caravan-drill.timer >systemd/caravan-newer.timer; cp systemd/caravan-drill.service systemd/caravan-newer.service'
make_release 9.2.0 "sed -i '\$a exit 1' bin/java.sh" # does not start
make_release 9.3.0 "sed -i '\$a case \"\$*\" in up*) systemd-notify --ready; sleep 1000 ;; esac' bin/java.sh" # says that it is ready, and does nothing
# Moves the tables, and ends.
make_release 9.6.0 'add_migration "$small" "$small" "Runtime.getRuntime().halt(7);"'
make_release 9.7.0 'add_migration "$slow" "$slow_there"' # moves them for longer than its patience, and works
boot
if [[ $kind == postgres ]]; then
  in_shell 'systemctl start postgresql; runuser -u postgres -- psql -q -c "create role caravan login password '\''of-the-database'\''" -c "create database caravan owner caravan"'
fi
install_caravan >"$run/installed" || fail "$(cat "$run/installed")"
if [[ $kind == postgres ]]; then
  in_shell 'printf "%s\n" "caravan.db.url = jdbc:postgresql://127.0.0.1/caravan" "caravan.db.user = caravan" "caravan.db.password = of-the-database" >>/etc/caravan/caravan.properties; systemctl restart caravan'
  await "the hub is there with PostgreSQL" 60 api /api/v1/ledger
  in_shell 'runuser -u postgres -- psql -qtA caravan -c "select count(*) from caravan.flyway_schema_history"' | grep -qx '[1-9][0-9]*' || fail "nothing is in PostgreSQL"
fi
version=$(in_shell 'basename "$(readlink /opt/caravan/current)"')
load_device
in_shell 'echo "# mine" >>/etc/caravan/routes/reading/esphome-status.camel.yaml'
loads=()
next_load() { # with numbers of its own
  loads+=("load_${#loads[@]}")
  start_load mqtt "${loads[-1]}"
}
all_loads_stored() {
  local each
  for each in "${loads[@]}"; do all_stored "$each" || return 1; done
}
acknowledged_in_all() { cat "$run"/load-load_* | wc -l; }
say "installed $version${kind:+ with $kind}; under load from now on"
next_load

update=/opt/caravan/current/deploy/update.sh rollback=/opt/caravan/current/deploy/rollback.sh
done_well() { # command
  inside "$@" >"$run/out" 2>&1 || fail "$* failed: $(cat "$run/out")"
}

start=$SECONDS
done_well $update /root/caravan-9.1.0.tar.gz --yes
sed 's/^/        /' "$run/out"
expect 9.1.0
say "updated in $((SECONDS - start)) s"
in_shell 'tail -n 1 /etc/caravan/routes/reading/unknown-topic.camel.yaml | grep -q newer && tail -n 1 /etc/caravan/routes/reading/esphome-status.camel.yaml | grep -q mine' || fail "flows: the new one is not there, or mine is gone"
outside() { in_shell 'systemctl is-enabled caravan-newer.timer; systemctl is-active caravan-newer.timer; tail -n 1 /usr/local/sbin/caravan-accounts' 2>&1 | tr '\n' ' '; }
[[ $(outside) == 'enabled active # newer ' ]] || fail "a new timer and caravan-accounts: $(outside)"
say "a timer that is new is enabled and waits; caravan-accounts is that of the release"
done_well $update /root/caravan-9.1.0.tar.gz --yes
grep -q 'Nothing to do' "$run/out" || fail "the same update again does something"

does_not_work() { # version: it is tried, and the one before is back
  local old
  old=$(at | cut -d ' ' -f 1)
  start=$SECONDS
  refused "the update to $1" $update "/root/caravan-$1.tar.gz" --yes
  sed 's/^/        /' "$run/out"
  expect "$old"
  ((SECONDS - start <= 240)) || fail "that took $((SECONDS - start)) s"
  in_shell 'caravan status' >"$run/status" || fail "after $1: $(cat "$run/status")"
  say "$1 does not work: back on $old after $((SECONDS - start)) s, backup included"
}
does_not_work 9.6.0
grep -q '^Database' "$run/out" || fail "the tables were not brought back"
if [[ $kind == postgres ]]; then
  # What came while the new form was there is in the backup that the restore has made, and nowhere else.
  stop_load
  say "between backup and return $(missing "${loads[0]}") of $(acknowledged "${loads[0]}") went into the newer form; they are in $(in_shell 'ls -t /var/lib/caravan/backups | grep "before-restore.tar.gz$" | head -n 1')"
  rm "$run"/load-load_*
  loads=(none) && touch "$run/load-none"
  next_load
fi

done_well $rollback --yes
expect "$version"
in_shell 'test ! -e /etc/systemd/system/caravan-newer.timer && ! tail -n 1 /usr/local/sbin/caravan-accounts | grep -q newer && ! systemctl is-active caravan-newer.timer' || fail "after going back, a unit of the newer one is left: $(outside)"
done_well $rollback --yes
expect 9.1.0
[[ $(outside) == 'enabled active # newer ' ]] || fail "forward again, a new timer and caravan-accounts: $(outside)"
say "rolled back, and forward again"

start=$SECONDS
done_well $update /root/caravan-9.7.0.tar.gz --yes --patience 45
sed 's/^/        /' "$run/out"
expect 9.7.0
grep -q '^Waiting' "$run/out" || fail "its tables were moved within its patience; that shows nothing"
say "an update whose tables take $((SECONDS - start)) s with a patience of 45 s: waited for"
refused "going back over a newer form" $rollback --yes
expect 9.7.0
file=$(sed -n 's/.*rollback.sh --backup \([^ ]*\).*/\1/p' "$run/out" | head -n 1)
[[ -n $file ]] || fail "it does not say with which backup it goes: $(cat "$run/out")"
refused "an update to the older one over the newer form" $update "/media/$(basename "$package")" --yes
expect 9.7.0
stop_load
await "all is stored" 60 all_loads_stored
done_well $rollback --backup "$file" --yes
sed 's/^/        /' "$run/out"
expect 9.1.0
say "gone back with the backup of then: $(missing "${loads[-1]}") of $(acknowledged "${loads[-1]}") came after it, and are in $(in_shell 'ls -t /var/lib/caravan/backups | grep before-rollback.tar.gz\$ | head -n 1')"
in_shell 'ls -t /var/lib/caravan/backups/*before-rollback.tar.gz | head -n 1' >"$run/forward"
done_well $rollback --backup "$(cat "$run/forward")" --yes
expect 9.7.0
all_loads_stored || fail "forward again with its backup, and readings are missing"
say "and forward again with that: 0 missing"

does_not_work 9.2.0
does_not_work 9.3.0
refused "a text" $update /root/p/LICENSE --yes
in_shell 'head -c 20000000 /root/caravan-9.2.0.tar.gz >/root/caravan-9.4.0.tar.gz'
refused "half a package" $update /root/caravan-9.4.0.tar.gz --yes
refused "an update that nobody wants" $update /root/caravan-9.2.0.tar.gz
refused "a rollback that nobody wants" $rollback
expect 9.7.0
say "refused: a text, half a package, nobody to ask"

make_release 9.5.0 'add_migration "$small" "$small"'
next_load
inside systemd-run --quiet $update /root/caravan-9.5.0.tar.gz --yes
await "the update has switched" 60 in_shell 'test "$(basename "$(readlink /opt/caravan/current)")" = 9.5.0'
stop_load
stop_hard
boot
await "the update is brought to its end" 150 in_shell 'test ! -e /opt/caravan/under-way && systemctl is-active caravan'
expect 9.5.0
say "killed in the middle of an update: $(in_shell 'journalctl -q -u caravan-resume --no-pager -o cat | grep -E "Works|Returned"')"
await "all that was acknowledged is stored" 60 all_loads_stored
kept=$(in_shell 'ls /opt/caravan/releases' | tr '\n' ' ')
[[ $(wc -w <<<"$kept") -le 4 ]] || fail "too many releases are kept: $kept"
say "$(acknowledged_in_all) acknowledged, 0 missing; releases kept: $kept"
power_off
say "OK"
