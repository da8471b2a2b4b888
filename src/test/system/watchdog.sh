#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # words that are expanded inside the machine; functions without arguments
# A hub that hangs is started anew within 90 s, and nothing that was acknowledged is lost: SIGSTOP, a writer that stands still, a full
# heap, memory outside the heap that grows for ever; and a broker that is stopped for two minutes is no reason to start it.
#
#   sudo src/test/system/watchdog.sh
#
# Takes five to eight minutes. Needs javac besides what machine.sh needs.
# shellcheck source=src/test/system/machine.sh
. "$(dirname "$0")/machine.sh"

mkdir -p "$run/agent"
javac -nowarn -XDignore.symbol.file -Xlint:-removal,-deprecation -d "$run/agent" "$here/Saboteur.java"
printf 'Premain-Class: Saboteur\n' >"$run/manifest"
unpack_into "$tree"
jar cfm "$tree/opt/saboteur.jar" "$run/manifest" -C "$run/agent" .
boot
install_caravan >"$run/installed" || fail "$(cat "$run/installed")"
in_shell 'echo CARAVAN_JAVA_OPTS=-javaagent:/opt/saboteur.jar >/etc/caravan/caravan.env; systemctl restart caravan'
await "the hub is up with its saboteur" 60 api /api/v1/ledger
load_device
say "installed; under load from now on"

pid_of_hub() { in_shell 'systemctl show -p MainPID --value caravan'; }
restarted() { # the pid before
  local now
  now=$(pid_of_hub)
  [[ $now != "$1" && $now != 0 ]] && api /api/v1/ledger
}

sabotage() { # name, command
  local before start seconds
  before=$(pid_of_hub)
  start_load mqtt "$1"
  await "the load begins" 30 acknowledged_more_than "$1" 20
  start=$SECONDS
  in_shell "$2"
  await "after $1 the hub is started anew within 90 s" 90 restarted "$before"
  seconds=$((SECONDS - start))
  stop_load
  await "all that was acknowledged by $1's load is stored" 60 all_stored "$1"
  say "$1: started anew and answering after $seconds s; $(acknowledged "$1") acknowledged, $(missing "$1") missing; $(in_shell 'systemctl show -p NRestarts --value caravan') restarts so far"
}

# shellcheck disable=SC2016 # expanded inside
sabotage stopped 'kill -STOP "$(systemctl show -p MainPID --value caravan)"'
sabotage deadlock 'echo deadlock >/var/lib/caravan/sabotage'
in_shell 'journalctl -q --no-pager -u caravan | grep -q "\"store-writer\""' || fail "the journal has no dump of the threads"
sabotage heap 'echo heap >/var/lib/caravan/sabotage'
# 50 MB a second: at MemoryHigh the kernel slows it down, at MemoryMax it kills; whichever is first, the hub or its watchdog.
limit_from_outside() { # where the kernel has memory in the older hierarchies, systemd inside cannot set MemoryMax: the same limit, set here
  local group
  group=$(find /sys/fs/cgroup/memory -type d -name "caravan-$$" | head -n 1)/hub
  mkdir "$group"
  echo 512M >"$group/memory.limit_in_bytes"
  pgrep --ns "$pid" --nslist pid java >"$group/cgroup.procs" || fail "the machine cannot limit memory"
  say "MemoryMax is set from outside: this kernel has no memory controller for systemd"
}
in_shell 'grep -q memory /sys/fs/cgroup/cgroup.controllers' || limit_from_outside
sabotage native 'echo native >/var/lib/caravan/sabotage'
say "how it ended: $(in_shell 'journalctl -q --no-pager -o cat -u caravan | grep -E "OOM killer|oom-kill|Watchdog timeout|status=9/KILL" | tail -n 2' | tr '\n' ' ')"

before=$(pid_of_hub)
in_shell 'systemctl stop mosquitto'
sleep 120
[[ $(pid_of_hub) == "$before" ]] || fail "the hub was started anew because its broker was stopped"
in_shell 'systemctl show -p StatusText caravan; systemctl start mosquitto'
start_load mqtt afterwards
await "it hears again" 60 acknowledged_more_than afterwards 20
stop_load
await "and keeps it" 60 all_stored afterwards
say "a broker that is stopped for two minutes: the same hub, and it hears again"
power_off
say "OK"
