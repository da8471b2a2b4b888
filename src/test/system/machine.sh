# shellcheck shell=bash disable=SC2016
# A Debian machine with systemd as PID 1, for the scripts beside this one: systemd-nspawn, no network, a tree of its own. Read by them.
#
#   MACHINE_TAR   a tar of a Debian tree made before; otherwise mmdebstrap makes one, once, with the network of this machine
#   MACHINE_WORK  where trees and images are kept: some gigabytes on ext4 (default: /var/tmp/caravan-machines)
#   MACHINE_SUITE    bookworm (the default) or trixie
#   MACHINE_PACKAGE  the tarball to install (default: the newest of target/)

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
checkout=$(cd "$here/../../.." && pwd)
work=${MACHINE_WORK:-/var/tmp/caravan-machines}
suite=${MACHINE_SUITE:-bookworm}
run=$work/run-$$
tree=$run/tree
pid='' nspawn='' begun=$SECONDS
cleanups=()

say() { printf '%4d s  %s\n' $((SECONDS - begun)) "$*"; }
fail() {
  say "FAILED: $*" >&2
  if [[ -n $pid ]]; then
    inside journalctl -q --no-pager -n 40 -u caravan -u caravan-resume -u caravan-change >&2 || true
    inside ls -la /opt/caravan /opt/caravan/releases /opt/caravan/current/ >&2 || true
  fi
  exit 1
}

[[ $(id -u) == 0 ]] || fail "this boots a machine and needs root"
for program in systemd-nspawn nsenter python3; do
  command -v $program >/dev/null || fail "$program is missing: apt-get install -y systemd-container mmdebstrap util-linux python3"
done
package=${MACHINE_PACKAGE:-$(find "$checkout/target" -maxdepth 1 -name 'caravan-*.tar.gz' -printf '%T@ %p\n' | sort -rn | head -n 1 | cut -d ' ' -f 2)}
[[ -f $package ]] || fail "there is no package; build one: ./caravan version"

# Whatever ends this script, its machine ends, and what it made is gone.
finish() {
  local status=$?
  set +e
  [[ -z ${load:-} ]] || kill "$load" 2>/dev/null
  stop_hard
  for ((i = ${#cleanups[@]} - 1; i >= 0; i--)); do eval "${cleanups[i]}"; done
  find /sys/fs/cgroup -depth -type d -path "*/caravan-$$*" -exec rmdir {} + 2>/dev/null
  rm -rf "$run"
  exit $status
}
trap finish EXIT
trap 'exit 130' INT TERM HUP
mkdir -p "$run"

plain=systemd,systemd-sysv,dbus,curl,procps,openssh-server
programs=default-jre-headless,mosquitto,mosquitto-clients,sqlite3,nftables
kind='' # of tree: with all programs; `bare`: without, and with their packages in /opt/debs; `postgres`: with PostgreSQL, too

debian() { # a tar of the tree, made once
  local tar=${MACHINE_TAR:-$work/$suite${kind:+-$kind}.tar}
  if [[ ! -f $tar ]]; then
    say "making a Debian $suite $kind with mmdebstrap" >&2
    local options=(--quiet --format=tar --variant=minbase)
    case $kind in
      bare)
        options+=("--include=$plain"
          --customize-hook="chroot \"\$1\" apt-get -q install -y --no-install-recommends --download-only ${programs//,/ } ca-certificates rsync"
          --customize-hook='mkdir -p "$1/opt/debs" && cp "$1"/var/cache/apt/archives/*.deb "$1/opt/debs" && cd "$1/opt/debs" && dpkg-scanpackages -m . >Packages') ;;
      postgres) options+=("--include=$plain,$programs,postgresql,postgresql-client") ;;
      *) options+=("--include=$plain,$programs") ;;
    esac
    mmdebstrap "${options[@]}" "$suite" "$tar.part" && mv "$tar.part" "$tar"
  fi
  echo "$tar"
}

unpack_into() { # folder
  mkdir -p "$1"
  tar -C "$1" -xf "$(debian)"
  rm -f "$1/etc/systemd/system/multi-user.target.wants/mosquitto.service" # as apt leaves it with a policy that starts nothing
  echo hut >"$1/etc/hostname"
}

own_cgroup() { # systemd inside would otherwise move the processes of this machine
  local line rest controllers path
  while IFS= read -r line; do
    rest=${line#*:} controllers=${rest%%:*} path=${rest#*:}
    controllers=${controllers#name=}
    local mount=/sys/fs/cgroup/${controllers:-unified}
    [[ -d $mount ]] || mount=/sys/fs/cgroup
    mkdir -p "$mount$path/caravan-$$" 2>/dev/null || continue
    echo $BASHPID >"$mount$path/caravan-$$/cgroup.procs" 2>/dev/null || true
  done </proc/self/cgroup
}

boot() { # the tree becomes a machine that runs; sets $pid, its PID 1
  export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1
  (
    own_cgroup
    exec systemd-nspawn --quiet --register=no --keep-unit --boot --directory="$tree" --machine="m$$" --private-network --console=pipe \
      --bind-ro="$(dirname "$package")":/media "$@" </dev/null >>"$run/console" 2>&1
  ) &
  nspawn=$!
  local tries
  for ((tries = 0; tries < 200; tries++)); do
    pid=$(pgrep -P "$nspawn" | head -n 1 || true)
    if [[ -n $pid ]] && inside systemctl is-system-running 2>/dev/null | grep -Eq 'running|degraded'; then
      say "the machine runs: systemd $(inside systemctl --version | sed -n '1s/systemd \([0-9]*\).*/\1/p'), network $(inside ls /sys/class/net | tr '\n' ' ')"
      return 0
    fi
    sleep 0.3
  done
  fail "the machine does not start; see $(tail -n 5 "$run/console")"
}

# Without the right to set the clock, which is that of this machine, too.
inside() { nsenter -t "$pid" -a -r -w -- /usr/bin/setpriv --bounding-set=-sys_time /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"; }
in_shell() { inside sh -ec "$1"; }

power_off() { # orderly
  kill -RTMIN+4 "$pid"
  wait "$nspawn" || true
  pid='' nspawn=''
}

stop_hard() { # everything in it dies at once
  [[ -z $pid ]] || kill -KILL "$pid" 2>/dev/null || true
  [[ -z $nspawn ]] || { kill -KILL "$nspawn" 2>/dev/null; wait "$nspawn" 2>/dev/null; } || true
  pid='' nspawn=''
}

await() { # what, seconds, command: looks until it is so
  local what=$1 until=$((SECONDS + $2))
  shift 2
  while ! "$@" >/dev/null 2>&1; do
    ((SECONDS < until)) || fail "not in time: $what"
    sleep 0.5
  done
}

api() { # path: an answer of the API, asked for inside, with the token in a file
  in_shell "printf 'header = \"Authorization: Bearer %s\"\n' \"\$(cat /var/lib/caravan/admin.token)\" >/run/curlrc; curl -sSf --max-time 10 -K /run/curlrc http://127.0.0.1:8080$1"
}

number_of() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p"; }

install_caravan() { # as an owner does
  in_shell "mkdir -p /root/p && tar -C /root/p --strip-components=1 -xzf /media/$(basename "$package")"
  inside /root/p/deploy/install.sh "/media/$(basename "$package")" --yes "$@"
}

# ── Releases that are none ───────────────────────────────────────────────────────────────

make_release() { # version, command in its folder: the package under another name, with something done to it, in /root of the machine
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

add_migration() { # SQL for SQLite, for PostgreSQL, Java behind it or nothing; in a release's folder: one migration more, and a program that knows it
  local store=src/main/java/org/caravanhub/store newest next made=$run/newer
  newest=$(sed -n 's/.*int NEWEST = \([0-9]*\);/\1/p' "$checkout/$store/Schema.java")
  next=$((newest + 1))
  rm -rf "$made"
  mkdir -p "$made/sources" "$made/classes/db/migration" "$made/classes/db/postgres"
  (cd "$checkout/$store" && grep -lE 'Schema\.NEWEST|int NEWEST' ./*.java | xargs cp -t "$made/sources")
  sed -i "s/int NEWEST = $newest;/int NEWEST = $next;/; s/^ *migrate(\(file\|address\));/&${3:-}/" "$made"/sources/*.java
  echo "$1" >"$made/classes/db/migration/V00${next}__of_a_test.sql"
  echo "$2" >"$made/classes/db/postgres/V00${next}__of_a_test.sql"
  javac -nowarn -proc:none --release 17 -cp "lib/*" -d "$made/classes" "$made"/sources/*.java 2>/dev/null || fail "the newer release does not compile"
  jar uf lib/caravan-*.jar -C "$made/classes" .
}

at() { in_shell 'basename "$(readlink /opt/caravan/current)"; systemctl is-active caravan' | tr '\n' ' '; }
expect() { # what /opt/caravan/current is at, with a hub that runs
  [[ $(at) == "$1 active " ]] || fail "expected $1 active, found $(at)"
}
refused() { # what, command: it ends with an error, and what it said is in $run/out
  local what=$1
  shift
  ! inside "$@" </dev/null >"$run/out" 2>&1 || fail "$what went on: $(cat "$run/out")"
}

# ── A load whose every acknowledgement is noted ──────────────────────────────────────────

load_device() { # the device hut-1
  in_shell 'caravan device add hut-1 --json' | sed -n 's/.*"password":"\([^"]*\)".*/\1/p' >"$run/password"
}

start_load() { # http or mqtt, and the name of a metric of its own
  touch "$run/load-$2"
  nsenter -t "$pid" -n python3 "$here/load.py" "$1" "$2" "$(cat "$run/password")" >>"$run/load-$2" &
  load=$!
}

stop_load() {
  kill "$load" 2>/dev/null || true
  wait "$load" 2>/dev/null || true
}

acknowledged() { wc -l <"$run/load-$1"; }
acknowledged_more_than() { [[ $(acknowledged "$1") -gt $2 ]]; }
which_missing() { nsenter -t "$pid" -n python3 "$here/load.py" missing "$1" "$(cat "$tree/var/lib/caravan/admin.token")" "$run/load-$1"; }
missing() { which_missing "$1" | cut -d ' ' -f 2; }
all_stored() { [[ $(missing "$1") == 0 ]]; }
