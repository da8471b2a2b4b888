# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what is set here and there is used by the others
# From one release to another, with the way back. A power cut at any moment is followed by `update.sh --resume`, which does the same again.

# Which change was begun and not ended: update|rollback FROM TO BACKUP BEFORE BRING. BACKUP is of the state before; BEFORE is what
# `previous` was at; BRING is the backup that comes back with the older release. Each may be none.
under_way=/opt/caravan/under-way

kept_before() { echo "$releases/.backup-before-$1"; } # says which backup was made before the update to a version

back_up() { # label; sets $backup to the file, or to `none` if this release cannot
    backup=none
    if ! hub help backup >/dev/null 2>&1; then
        say "Backup    none: release $(release_of "$current") has no command for it. What the database is now does not come back if the new release changes it"
        return 0
    fi
    backup=$(runuser -u caravan -- env CARAVAN_CONFIG="$etc/caravan.properties" "$current/bin/caravan" backup now --label "$1" --quiet 2>/run/caravan-backup) ||
        fail "no backup could be made, so nothing was changed: $(cat /run/caravan-backup)"
    say "Backup    $backup"
}

start_hub() {
    systemctl reset-failed caravan 2>/dev/null || true
    started=$(date +%s)
    systemctl start --no-block caravan
}

switch() { # from version, to version, and what is done while the hub is stopped: flows and links and units are those of the other then
    systemctl stop caravan
    bring_flows "$releases/$1" "$releases/$2"
    point "$previous" "$releases/$1"
    point "$current" "$releases/$2"
    change_units "$releases/$1" "$releases/$2"
    renew_programs "$releases/$2"
    ${3:-true}
    sync # a power cut from now on finds all of it
    start_hub
    start_new_timers "$releases/$1" "$releases/$2"
    say "Switched  $current is at $2, and $previous at $1"
}

is_too_old() { # the release that was started does not know the newer database
    journalctl -q -u caravan --since "@$started" --no-pager -o cat | grep -q 'it was made by a newer Caravan'
}

bring_back() { # a backup, with the hub stopped; what is there now is saved by it
    hub backup restore "$1" --yes --quiet >/run/caravan-restore 2>&1 || {
        sed 's/^/          /' /run/caravan-restore
        return 1
    }
    grep -E '^(What is there now|Restored)' /run/caravan-restore | sed 's/^/          /' || true
    say "Database  and all else as in $1"
}

restore_database() { # backup; as it was before the release that is left has changed its form
    systemctl stop caravan
    # The hub makes this one itself before it changes anything, with all that was acknowledged until then.
    copy=$(find "$data/backups" -maxdepth 1 -name 'caravan-*-before-schema-*.db' -newer $under_way 2>/dev/null | sort | tail -n 1)
    if [ -n "$copy" ]; then
        aside=$data/backups/caravan-$(date -u +%Y%m%dT%H%M%SZ)-newer-form.db
        cp "$copy" "$data/caravan.db.part"
        sync -f "$data"
        for end in -wal -shm ''; do [ ! -e "$data/caravan.db$end" ] || mv "$data/caravan.db$end" "$aside$end"; done
        mv "$data/caravan.db.part" "$data/caravan.db"
        sync -f "$data"
        say "Database  as in $copy; in its newer form it is in $aside"
    elif [ "$1" = none ]; then
        fail "this release does not know the database as the newer one left it, and there is no backup. Restore one: caravan backup list; or start the newer one again: rollback.sh"
    else # PostgreSQL: the dump from before comes back, all or nothing
        bring_back "$1" || fail "this release does not know the database as the newer one left it, and the backup could not be brought back; nothing was changed by that. Try it again: sudo systemctl stop caravan; sudo caravan backup restore $1; or start the newer one again: rollback.sh"
    fi
    start_hub
}

go_back() { # from, to, backup, what `previous` was at: after a gate that did not open
    say "Returning to $2, because $1 does not work: $why"
    systemctl kill --signal=KILL caravan 2>/dev/null || true # what it acknowledged is kept
    if [ "$bring" = none ]; then
        switch "$1" "$2"
    else # an older backup was brought for the other; what there was before comes back, too
        bring=$3
        switch "$1" "$2" bring_wanted
    fi
    tries=60
    while [ $tries -gt 0 ] && ! hub status >/dev/null 2>&1; do
        tries=$((tries - 1))
        ! is_too_old || restore_database "$3"
        sleep 1
    done
    await_hub 60 3 || fail "$2 does not work any more either: $(cat /run/caravan-status). Now: journalctl -u caravan -n 50"
    if [ -d "$releases/$4" ]; then point "$previous" "$releases/$4"; else rm -f "$previous"; fi
    rm -f $under_way
    say "Returned  $2 runs; $1 stays in $releases/$1, to be looked at"
}

change() { # what, from, to, and the backup that is brought back on the way, if any: all of it, with the way back
    before=$(release_of "$previous")
    back_up "before-$1"
    printf '%s %s %s %s %s %s\n' "$1" "$2" "$3" "$backup" "${before:-none}" "${4:-none}" >$under_way.part
    sync $under_way.part
    mv $under_way.part $under_way
    sync -f /opt/caravan
    finish_change
}

bring_wanted() { bring_back "$bring" || fail "$bring could not be brought back, and the hub is stopped. Forward again: sudo systemctl start caravan-resume"; }

finish_change() { # what stands in $under_way; it ends there
    read -r what from to backup before bring <$under_way
    begun=$(date +%s)
    before=${before:-none} bring=${bring:-none}
    if [ "$bring" = none ]; then switch "$from" "$to"; else switch "$from" "$to" bring_wanted; fi
    if gate; then
        [ "$what" != update ] || echo "$backup" >"$(kept_before "$to")"
        rm -f $under_way
        say "Works     $to took a message from a device and told it, $(($(date +%s) - begun)) s after the switch began"
        return 0
    fi
    if [ "$what" = rollback ] && [ "$bring" = none ] && is_too_old; then
        of_then=$(cat "$(kept_before "$from")" 2>/dev/null || true)
        [ -e "$of_then" ] || of_then=''
        why="it does not know the database as $from has left it. With the backup from before the update, which loses what came since: rollback.sh --backup ${of_then:-FILE}"
    fi
    go_back "$to" "$from" "$backup" "$before"
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
