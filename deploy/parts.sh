# shellcheck shell=sh
# shellcheck disable=SC2034 # whoever reads this uses what it sets
# What install.sh, update.sh and rollback.sh have in common: releases, links, flows, and how it is seen that the hub works. Read by them.

releases=/opt/caravan/releases
current=/opt/caravan/current
previous=/opt/caravan/previous
etc=/etc/caravan
data=/var/lib/caravan
yes=''

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
fail() {
    printf '%s\n' "${0##*/}: $*" >&2
    exit 1
}
usage() { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p;}' "$1"; }

want_root() { [ "$(id -u)" = 0 ] || fail "this changes the system and needs root; put sudo before it."; }

confirm() { # what will be done; goes on only if somebody says so
    [ -z "$yes" ] || return 0
    [ -t 0 ] || fail "$1 Without a terminal to ask at, say that you mean it: --yes"
    printf '%s Go on? [y/N] ' "$1"
    read -r answer
    case $answer in y | Y | yes) ;; *) fail "nothing was changed." ;; esac
}

one_at_a_time() { # two updates would move the links against each other
    exec 9>/run/caravan-deploy.lock
    flock -n 9 || fail "another install, update or rollback is at work; wait for its end."
}

# ── Releases ─────────────────────────────────────────────────────────────────────────────

release_of() { # the version that a link is at; nothing if there is none
    basename "$(readlink "$1" 2>/dev/null || true)"
}

check_package() { # a tarball: whole, and one of Caravan's; sets $version
    [ -f "$1" ] || fail "there is no file $1."
    if [ -f "$1.sha256" ]; then
        want=$(cut -d ' ' -f 1 <"$1.sha256")
        [ "$(sha256sum "$1" | cut -d ' ' -f 1)" = "$want" ] || fail "$1 is not what $1.sha256 says: it was cut or changed. Copy it again."
        say "Package   $1 is what $1.sha256 says"
    fi
    gzip -t "$1" 2>/dev/null || fail "$1 is cut or damaged, or no .tar.gz. Copy it again. Nothing was changed."
    list=$(tar -tzf "$1") || fail "$1 cannot be read. Copy it again. Nothing was changed."
    top=$(printf '%s\n' "$list" | sed -n '1s,/.*,,p')
    version=${top#caravan-}
    case $version in
        "$top" | '' | *[!0-9A-Za-z.+-]*) fail "$1 is no package of Caravan: it begins with \"$top\", not with caravan-VERSION." ;;
    esac
    printf '%s\n' "$list" | grep -qx "$top/bin/caravan" || fail "$1 is no package of Caravan: it has no bin/caravan."
    ! printf '%s\n' "$list" | grep -q -e '^/' -e '\(^\|/\)\.\.\(/\|$\)' || fail "$1 has names that lead out of its folder. It is not unpacked."
}

want_room() { # MB that are needed at a path
    free=$(df -Pm "$1" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$2" ] || fail "$1 has $free MB free, and $2 MB are needed. Make room, or remove an old release from $releases. Nothing was changed."
}

same_release() { # two folders, but for what Java keeps in them
    (cd "$1" && find . -type f ! -path './cache/*' -exec sha256sum {} + | sort -k 2) >"$1.sums"
    (cd "$2" && find . -type f ! -path './cache/*' -exec sha256sum {} + | sort -k 2) | cmp -s - "$1.sums"
    same=$?
    rm -f "$1.sums"
    return $same
}

unpack() { # tarball; makes $releases/$version, whole or not at all
    mkdir -p "$releases"
    part=$releases/.part-$version
    rm -rf "$part"
    mkdir "$part"
    tar -xzf "$1" -C "$part" --strip-components=1 --no-same-owner || { rm -rf "$part" && fail "$1 could not be unpacked; $releases is as it was."; }
    place_release "$part"
}

place_release() { # a folder below $releases becomes $releases/$version
    chown -R root:root "$1"
    if [ -e "$releases/$version" ]; then
        if same_release "$1" "$releases/$version"; then
            rm -rf "$1"
            say "Release   $version is there already, with the same content"
            return 0
        fi
        rm -rf "$1"
        fail "$releases/$version is there already, with other content. A version is never replaced: give the package another version, or remove that folder if nothing runs from it."
    fi
    chmod -R a-w,a+rX "$1"
    sync -f "$1"
    mv "$1" "$releases/$version"
    sync -f "$releases"
    say "Release   $version in $releases/$version, read-only"
}

point() { # link, where to: at once or not at all
    ln -sfn "$2" "$1.new"
    mv -T "$1.new" "$1"
    sync -f "${1%/*}"
}

prune() { # how many to keep; never those that the links are at
    keep=$1
    find "$releases" -mindepth 1 -maxdepth 1 -type d ! -name '.*' -printf '%T@ %f\n' | sort -rn | cut -d ' ' -f 2 | while read -r old; do
        keep=$((keep - 1))
        if [ $keep -lt 0 ] && [ "$old" != "$(release_of $current)" ] && [ "$old" != "$(release_of $previous)" ]; then
            chmod -R u+w "${releases:?}/$old"
            rm -rf "${releases:?}/$old"
            say "Pruned    release $old"
        fi
    done
}

# ── Flows ────────────────────────────────────────────────────────────────────────────────

bring_flows() { # from the release $1 (may be empty) to the release $2: what the owner has changed stays
    was=$1 will=$2 kept=0
    mkdir -p "$etc/routes"
    (cd "$will/routes" && find . -type f ! -name README.md) | sed 's,^\./,,' | sort >/run/caravan-flows
    while read -r flow; do
        mine=$etc/routes/$flow
        if [ ! -e "$mine" ] && [ -n "$was" ] && [ -e "$was/routes/$flow" ]; then
            continue # the owner has taken it away
        elif [ -e "$mine" ] && ! cmp -s "$mine" "$will/routes/$flow" && ! cmp -s "$mine" "${was:-/nonexistent}/routes/$flow"; then
            kept=$((kept + 1))
            say "Flow      $flow is yours and stays; the release's own is $will/routes/$flow"
            continue
        fi
        put_flow "$will/routes/$flow" "$mine"
    done </run/caravan-flows
    if [ -n "$was" ] && [ -d "$was/routes" ]; then # what the new one has no more, unless the owner has changed it
        (cd "$was/routes" && find . -type f ! -name README.md) | sed 's,^\./,,' | while read -r flow; do
            if ! grep -qxF "$flow" /run/caravan-flows && cmp -s "$etc/routes/$flow" "$was/routes/$flow"; then rm -f "$etc/routes/$flow"; fi
        done
    fi
    rm -f /run/caravan-flows
    chown -R --no-dereference caravan:caravan "$etc/routes"
    chmod 0750 "$etc/routes"
    sync -f "$etc/routes"
    say "Flows     $etc/routes is at $(basename "$will")$([ $kept = 0 ] || echo ", but for $kept of yours")"
}

put_flow() { # from, to: whole or not at all
    ! cmp -s "$1" "$2" || return 0
    mkdir -p "$(dirname "$2")"
    cp "$1" "$2.part"
    chmod 0640 "$2.part"
    mv "$2.part" "$2"
}

# ── Units ────────────────────────────────────────────────────────────────────────────────

put_units() { # from a release; says nothing to systemd if nothing changed
    changed=''
    for unit in "$1"/systemd/*.service "$1"/systemd/*.timer; do
        to=/etc/systemd/system/${unit##*/}
        cmp -s "$unit" "$to" && continue
        install -m 644 "$unit" "$to"
        changed=1
    done
    if [ -n "$changed" ]; then
        systemctl daemon-reload
        say "Units     those of $(basename "$1") in /etc/systemd/system"
    fi
}

# ── Whether it works ─────────────────────────────────────────────────────────────────────

hub() { # a command of the release that runs, as the hub's user where that matters not
    CARAVAN_CONFIG=$etc/caravan.properties CARAVAN_COMMAND=caravan /opt/caravan/current/bin/caravan "$@"
}

await_hub() { # seconds, how many new starts are too many; the hub is up, answers, and is the process that it was a moment ago
    until=$(($(date +%s) + $1)) seen=''
    rm -f /run/caravan-status
    while [ "$(date +%s)" -lt "$until" ]; do
        state=$(systemctl is-active caravan || true)
        if [ "$state" = failed ] || [ "$(systemctl show -p NRestarts --value caravan)" -ge "$2" ]; then return 1; fi
        if [ "$state" = active ] && hub status >/run/caravan-status 2>&1; then
            pid=$(systemctl show -p MainPID --value caravan)
            [ "$pid" != "$seen" ] || return 0
            seen=$pid
        fi
        sleep 1
    done
    return 1
}

publish_once() { # a device is made, publishes by the broker, is read back by the API, and is gone again; sets $why
    why='' device=smoke-test-$(od -An -N4 -tx4 /dev/urandom | tr -d ' ')
    secret=$(mktemp -d)
    hub device add "$device" --json >"$secret/made" 2>"$secret/error" || { why="a device could not be made: $(cat "$secret/error")"; rm -rf "$secret"; return 1; }
    password=$(sed -n 's/.*"password":"\([^"]*\)".*/\1/p' "$secret/made")
    port=$(sed -n 's/.*"broker":{[^}]*"port":\([0-9]*\).*/\1/p' "$secret/made")
    value=$(od -An -N1 -tu1 /dev/urandom | tr -d ' ').5
    if command -v mosquitto_pub >/dev/null; then
        how=MQTT # the password in a file: the list of processes is for everybody
        (umask 077 && printf '%s\n' "-h 127.0.0.1" "-p ${port:-1883}" "-u $device" "-P $password" >"$secret/mosquitto_pub")
        XDG_CONFIG_HOME=$secret mosquitto_pub -V 5 -q 1 -t "caravan/$device/telemetry" -m "{\"temperature_c\":$value}" >"$secret/error" 2>&1 || why="mosquitto_pub: $(cat "$secret/error")"
    else
        how=HTTP
        (umask 077 && printf 'user = "%s:%s"\n' "$device" "$password" >"$secret/curl")
        curl -sSf -K "$secret/curl" -H 'Content-Type: application/json' -d "{\"metrics\":{\"temperature_c\":$value}}" \
            "http://127.0.0.1:$(http_port)/api/v1/ingest" >"$secret/error" 2>&1 || why="curl: $(cat "$secret/error")"
    fi
    tries=40
    while [ -z "$why" ] && ! hub data query "$device" temperature_c --since 5m --csv 2>/dev/null | grep -q "$value"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || why="a reading was published by $how and not found within a minute"
        sleep 1
    done
    hub device remove "$device" --with-data --yes >/dev/null 2>&1 || true
    rm -rf "$secret"
    [ -z "$why" ]
}

http_port() { sed -n 's/^caravan.http.port *= *//p' "$etc/caravan.properties" | grep . || echo 8080; }

# ── From one release to another ──────────────────────────────────────────────────────────

under_way=/opt/caravan/under-way # which change was begun and not ended: update|rollback FROM TO BACKUP

back_up() { # label; sets $backup to the file, or to `none` if this release cannot
    backup=none
    if ! hub help backup >/dev/null 2>&1; then
        say "Backup    none: release $(release_of $current) has no command for it. What the database is now does not come back if the new release changes it"
        return 0
    fi
    backup=$(runuser -u caravan -- env CARAVAN_CONFIG=$etc/caravan.properties $current/bin/caravan backup now --label "$1" --quiet 2>/run/caravan-backup) ||
        fail "no backup could be made, so nothing was changed: $(cat /run/caravan-backup)"
    say "Backup    $backup"
}

switch() { # from version, to version: the hub stops, flows and links and units are those of the other, the hub starts
    systemctl stop caravan
    bring_flows "$releases/$1" "$releases/$2"
    point $previous "$releases/$1"
    point $current "$releases/$2"
    put_units "$releases/$2"
    sync # a power cut from now on finds all of it
    started=$(date +%s)
    systemctl reset-failed caravan 2>/dev/null || true
    systemctl start --no-block caravan
    say "Switched  $current is at $2, and $previous at $1"
}

is_too_old() { # the release that was started does not know the newer database
    journalctl -q -u caravan --since "@$started" --no-pager -o cat | grep -q 'it was made by a newer Caravan'
}

gate() { # whether the release that was started works, within its patience; sets $why
    why=''
    await_hub "${patience:-60}" 1 || {
        why="it did not start and say that it is healthy within ${patience:-60} s"
        [ "$(systemctl show -p NRestarts --value caravan)" = 0 ] || why="it ended soon after it was started"
        why="$why; $(journalctl -q -u caravan --since "@$started" --no-pager -o cat -t caravan 2>/dev/null | tail -n 2 | tr '\n' ' ')$(head -n 2 /run/caravan-status 2>/dev/null | tr '\n' ' ')"
        return 1
    }
    publish_once || return 1
    # And it is still the one that was started.
    [ "$(systemctl show -p NRestarts --value caravan)" = 0 ] || why="it ended and was started anew meanwhile"
    [ -z "$why" ]
}

restore_database() { # backup; as it was before the release that is left has changed its form
    systemctl stop caravan
    # The hub makes this one itself before it changes anything, with all that was acknowledged until then.
    copy=$(find $data/backups -maxdepth 1 -name 'caravan-*-before-schema-*.db' -newer $under_way 2>/dev/null | sort | tail -n 1)
    if [ -n "$copy" ]; then
        aside=$data/backups/caravan-$(date -u +%Y%m%dT%H%M%SZ)-newer-form.db
        cp "$copy" $data/caravan.db.part
        sync -f $data
        for end in -wal -shm ''; do [ ! -e "$data/caravan.db$end" ] || mv "$data/caravan.db$end" "$aside$end"; done
        mv $data/caravan.db.part $data/caravan.db
        sync -f $data
        say "Database  as in $copy; in its newer form it is in $aside"
    elif [ "$1" != none ]; then
        hub backup restore "$1" --yes --quiet 2>&1 | sed 's/^/          /' || true
        say "Database  as in $1"
    else
        fail "this release does not know the database as the newer one left it, and there is no backup. Restore one: caravan backup list; or start the newer one again: rollback.sh"
    fi
    systemctl reset-failed caravan 2>/dev/null || true
    started=$(date +%s)
    systemctl start --no-block caravan
}

go_back() { # from, to, backup: after a gate that did not open
    say "Returning to $2, because $1 does not work: $why"
    systemctl kill --signal=KILL caravan 2>/dev/null || true # what it acknowledged is kept
    switch "$1" "$2"
    tries=60
    while [ $tries -gt 0 ] && ! hub status >/dev/null 2>&1; do
        tries=$((tries - 1))
        ! is_too_old || restore_database "$3"
        sleep 1
    done
    await_hub 60 3 || fail "$2 does not work any more either: $(cat /run/caravan-status). Now: journalctl -u caravan -n 50"
    if [ -n "${before:-}" ] && [ -d "$releases/$before" ]; then point $previous "$releases/$before"; else rm -f $previous; fi
    rm -f $under_way
    say "Returned  $2 runs; $1 stays in $releases/$1, to be looked at"
}

change() { # what, from, to: all of it, with the way back
    before=$(release_of $previous)
    back_up "before-$1"
    printf '%s %s %s %s\n' "$1" "$2" "$3" "$backup" >$under_way.part
    mv $under_way.part $under_way
    sync -f /opt/caravan
    finish_change "$1" "$2" "$3" "$backup"
}

finish_change() { # what, from, to, backup
    begun=$(date +%s)
    switch "$2" "$3"
    if gate; then
        rm -f $under_way
        say "Works     $3 took a message from a device and told it, $(($(date +%s) - begun)) s after the switch began"
        return 0
    fi
    go_back "$3" "$2" "$4"
    return 1
}

detached() { # runs this script again where no lost connection and no Ctrl-C reaches it, and shows what it says
    unit=caravan-change log=/var/log/caravan-change.log
    ! systemctl -q is-active $unit || fail "a change is under way; look on: tail -f $log"
    : >$log
    systemctl reset-failed $unit 2>/dev/null || true
    systemd-run --quiet --unit=$unit --property=Type=exec --property=RemainAfterExit=no --property=StandardOutput=append:$log \
        --property=StandardError=append:$log --setenv=DEPLOY_DETACHED=1 "$@"
    tail -n +1 -f $log &
    shown=$!
    trap 'kill $shown 2>/dev/null; warn "It goes on without you; look on: tail -f $log"; exit 130' INT TERM HUP
    while systemctl -q is-active $unit; do sleep 1; done
    sleep 1
    kill $shown
    [ "$(systemctl is-failed $unit || true)" != failed ]
}
