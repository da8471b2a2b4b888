# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what is set here and there is used by the others
# Mosquitto as a service of its own, with accounts that the hub manages.

set_mosquitto_up() {
    own=$(grep -lE '^(listener|port|allow_anonymous)' /etc/mosquitto/mosquitto.conf /etc/mosquitto/conf.d/*.conf 2>/dev/null | grep -v '/caravan[^/]*\.conf$' || true)
    [ -z "$own" ] || fail "Mosquitto has listeners of yours in $own. Take them out, or do it by hand: docs/how-to/use-an-outside-mosquitto.md; or use --broker embedded."
    news='' files=$current/config/mosquitto
    plugin=$(find /usr/lib -name mosquitto_dynamic_security.so 2>/dev/null | head -n 1)
    [ -n "$plugin" ] || fail "this Mosquitto has no Dynamic Security plugin. Debian's package has it: apt-get install mosquitto"
    sed "s|^plugin .*|plugin $plugin|" "$files/caravan.conf" >/run/caravan.conf
    put 644 /run/caravan.conf /etc/mosquitto/conf.d/caravan.conf
    rm -f /run/caravan.conf
    put 755 "$files/caravan-accounts" /usr/local/sbin/caravan-accounts
    put 644 "$files/mosquitto.service.d/caravan.conf" /etc/systemd/system/mosquitto.service.d/caravan.conf
    if ! grep -q '^caravan.mqtt.control.password' "$etc/caravan.properties"; then
        hub_word=$(word) control_word=$(word)
        cat >>"$etc/caravan.properties.new" <<END

# Mosquitto on this machine; install.sh made the passwords.
caravan.mqtt.url = tcp://127.0.0.1:1883
caravan.mqtt.user = caravan
caravan.mqtt.password = $hub_word
caravan.mqtt.control.user = caravan-control
caravan.mqtt.control.password = $control_word
END
        add_settings
        news=1
    fi
    [ -z "$news" ] || systemctl daemon-reload
    "$here/before-start.sh"
    if [ -n "$news" ]; then
        [ -z "$start" ] || systemctl restart mosquitto || fail "Mosquitto does not start; why: journalctl -u mosquitto -n 20, /var/log/mosquitto/mosquitto.log"
        say "Mosquitto as a service on port 1883, accounts by Dynamic Security"
    fi
    systemctl -q enable mosquitto
}

put() { # mode, from, to; sets $news if it was another
    cmp -s "$2" "$3" && return 0
    put_whole "$@"
    news=1
}
