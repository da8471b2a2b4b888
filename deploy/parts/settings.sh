# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what is set here and there is used by the others
# /etc/caravan/caravan.properties: what install.sh writes into it, whole or not at all.

write_settings() {
    [ ! -e "$etc/caravan.properties" ] || return 0
    cat >"$etc/caravan.properties.part" <<END
# Settings of the hub; all there are, each with a sentence: $current/config/caravan.properties.example
# After a change: systemctl restart caravan
caravan.data = $data
caravan.routes = $etc/routes
END
    if [ "$broker" = in-process ]; then echo 'caravan.broker = in-process' >>"$etc/caravan.properties.part"; fi
    keep_settings
    say "Settings  $etc/caravan.properties"
}

add_settings() { # what is in caravan.properties.new goes behind what is there; whole or not at all
    cat "$etc/caravan.properties" "$etc/caravan.properties.new" >"$etc/caravan.properties.part"
    rm "$etc/caravan.properties.new"
    keep_settings
}

keep_settings() {
    chown root:caravan "$etc/caravan.properties.part"
    chmod 0640 "$etc/caravan.properties.part"
    sync -f "$etc"
    mv "$etc/caravan.properties.part" "$etc/caravan.properties"
}

word() { od -An -N20 -tx1 /dev/urandom | tr -d ' \n'; }
