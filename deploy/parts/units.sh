# shellcheck shell=sh
# shellcheck disable=SC2154 # what is set here and there is used by the others
# What of a release lies outside of /opt/caravan: systemd's units, and the programs in /usr/local.

put_units() { # from a release; says nothing to systemd if nothing changed
    changed=''
    for unit in "$1"/systemd/*.service "$1"/systemd/*.timer; do
        cmp -s "$unit" "/etc/systemd/system/${unit##*/}" && continue
        put_whole 644 "$unit" "/etc/systemd/system/${unit##*/}"
        changed=1
    done
    if [ -n "$changed" ]; then
        systemctl daemon-reload
        say "Units     those of $(basename "$1") in /etc/systemd/system"
    fi
}

units_only_in() { # release, another: the names of units that the other has not
    for unit in "$1"/systemd/*.service "$1"/systemd/*.timer; do
        [ -e "$2/systemd/${unit##*/}" ] || echo "${unit##*/}"
    done
}

change_units() { # from a release, to a release. What somebody has disabled stays so; after a power cut the same is done again
    for unit in $(units_only_in "$1" "$2"); do
        cmp -s "$1/systemd/$unit" "/etc/systemd/system/$unit" || continue # yours
        case $unit in *.timer) systemctl stop "$unit" ;; esac
        systemctl -q disable "$unit" 2>/dev/null || true
        rm -f "/etc/systemd/system/$unit"
        say "Unit      $unit is gone; $(basename "$2") has none"
    done
    put_units "$2"
    for unit in $(units_only_in "$2" "$1"); do
        if grep -q '^\[Install\]' "$2/systemd/$unit"; then
            systemctl -q enable "$unit"
            say "Unit      $unit is new, and enabled"
        fi
    done
}

start_new_timers() { # from a release, to a release; each waits until the hub has started
    for unit in $(units_only_in "$2" "$1"); do
        case $unit in *.timer) systemctl start --no-block "$unit" ;; esac
    done
}

renew_programs() { # from a release; only those that install.sh has put there
    if [ -e /usr/local/bin/caravan ]; then renew "$1/deploy/caravan.sh" /usr/local/bin/caravan; fi
    if [ -e /usr/local/sbin/caravan-accounts ]; then renew "$1/config/mosquitto/caravan-accounts" /usr/local/sbin/caravan-accounts; fi
}

renew() { # from, to
    [ -e "$1" ] || return 0
    cmp -s "$1" "$2" && return 0
    put_whole 755 "$1" "$2"
    say "Program   $2 is renewed"
}
