# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what is set here and there is used by the others
# Taking it away.

uninstall() {
    confirm "This stops Caravan and removes /opt/caravan, its units and what it told Mosquitto.${purge:+ --purge: also $etc, $data with all readings and backups in it, and the user caravan.}"
    # shellcheck disable=SC2086 # names are words
    systemctl disable --now $units 2>/dev/null || true
    rm -f /etc/systemd/system/caravan.service /etc/systemd/system/caravan-*.service /etc/systemd/system/caravan-*.timer
    rm -f /usr/local/bin/caravan /usr/local/sbin/caravan-accounts /etc/systemd/system/mosquitto.service.d/caravan.conf
    if [ -e /etc/mosquitto/conf.d/caravan.conf ]; then
        rm -f /etc/mosquitto/conf.d/caravan.conf
        if [ -n "$purge" ]; then rm -f /etc/mosquitto/dynamic-security.first.json /etc/mosquitto/caravan-control.sha256 /var/lib/mosquitto/dynamic-security.json*; fi
        systemctl try-restart mosquitto 2>/dev/null || true
    fi
    systemctl daemon-reload
    if [ -d /opt/caravan ]; then chmod -R u+w /opt/caravan && rm -rf /opt/caravan; fi
    if [ -n "$purge" ]; then
        rm -rf "$etc" "$data"
        if id caravan >/dev/null 2>&1; then userdel caravan; fi
        say "Removed   all of it"
    else
        say "Removed   the program; settings and flows stay in $etc, data in $data"
    fi
}
