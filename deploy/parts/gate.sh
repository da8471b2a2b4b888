# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what is set here and there is used by the others
# How it is seen that the hub works: it says that it is healthy, and a message of a new device is stored and told.

hub() { # a command of the release that runs, as the hub's user where that matters not
    hub_of "$current" "$@"
}

hub_of() { # the same of another release, by its folder
    program=$1/bin/caravan
    shift
    CARAVAN_CONFIG=$etc/caravan.properties CARAVAN_COMMAND=caravan "$program" "$@"
}

moves_tables() { # the hub says so while it does; systemd ends one that says it no longer
    systemctl show -p StatusText --value caravan | grep -q '^Moves tables'
}

await_hub() { # seconds, how many new starts are too many; the hub is up, answers, and is the process that it was a moment ago
    left=$1 seen='' told=''
    rm -f /run/caravan-status
    while [ "$left" -gt 0 ]; do
        tick=$(date +%s)
        state=$(systemctl is-active caravan || true)
        if [ "$state" = failed ] || [ "$(systemctl show -p NRestarts --value caravan)" -ge "$2" ]; then return 1; fi
        if [ "$state" = active ] && hub status >/run/caravan-status 2>&1; then
            pid=$(systemctl show -p MainPID --value caravan)
            [ "$pid" != "$seen" ] || return 0
            seen=$pid
        fi
        sleep 1
        if [ "$state" = activating ] && moves_tables; then # that is work, and not counted
            [ -n "$told" ] || say "Waiting   the hub moves its tables to a new form, however long that takes"
            told=1 left=$1 # and what comes after it has its whole time
        else
            left=$((left - ($(date +%s) - tick)))
        fi
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
