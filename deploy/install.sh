#!/bin/sh
# Installs Caravan as a service: sudo deploy/install.sh [TARBALL] [options]
#
#   TARBALL             caravan-VERSION.tar.gz; without it, the unpacked package that this script lies in
#   --broker KIND       mosquitto (the default): Mosquitto as a service of its own with Dynamic Security, so that devices stay connected
#                       while the hub is updated. embedded: the hub runs its own broker, and nothing is changed of Mosquitto
#   --no-start          install, but start nothing and test nothing
#   --uninstall         take the program and its units away; settings, flows and data stay
#   --purge             with --uninstall: settings, flows, data, backups in /var/lib/caravan and the user caravan, too
#   --yes               do not ask
#
# Needs no network if Java 17 and Mosquitto are there; otherwise they are installed with apt. At the end a device is made, publishes, is
# read back, and is taken away again. Running it twice changes nothing. Another version than the one that is there: update.sh.
set -eu

here=$(dirname "$(readlink -f "$0")")
# shellcheck source=deploy/parts.sh
. "$here/parts.sh"

tarball='' broker=mosquitto start=1 uninstall='' purge=''
while [ $# -gt 0 ]; do
    case $1 in
        --broker) shift && broker=${1:-} ;;
        --no-start) start='' ;;
        --uninstall) uninstall=1 ;;
        --purge) purge=1 ;;
        --yes | -y) yes=1 ;;
        --help | -h) usage "$0" && exit 0 ;;
        -*) usage "$0" >&2 && fail "there is no option $1." ;;
        *) tarball=$1 ;;
    esac
    shift
done
case $broker in mosquitto | embedded) ;; *) fail "--broker is mosquitto or embedded, not \"$broker\"." ;; esac
want_root
one_at_a_time

units='caravan.service caravan-resume.service caravan-broker-files.timer caravan-backup.timer caravan-drill.timer caravan-health.timer'

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

need_programs() {
    missing=''
    "$here/../bin/caravan" version >/dev/null 2>&1 || java_there || missing="$missing default-jre-headless"
    if [ "$broker" = mosquitto ]; then
        command -v mosquitto >/dev/null || missing="$missing mosquitto"
        command -v mosquitto_pub >/dev/null || optional=mosquitto-clients
    fi
    [ -n "$missing" ] || return 0
    say "Installing with apt:$missing ${optional:-}"
    # shellcheck disable=SC2086 # one word a package
    apt-get -q install -y --no-install-recommends $missing ${optional:-} >/dev/null ||
        fail "these are missing and apt could not install them:$missing. Connect the machine to the internet once and run: apt-get update && apt-get install -y --no-install-recommends$missing"
}

java_there() { # the oldest Java that will do
    for java in /usr/lib/jvm/*/release; do
        [ -e "$java" ] && [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$java")" -ge 17 ] && return 0
    done
    return 1
}

make_user() {
    id caravan >/dev/null 2>&1 || {
        useradd --system --user-group --home-dir "$data" --no-create-home --shell /usr/sbin/nologin caravan
        say "User      caravan, without a login"
    }
    install -d -m 0750 -o root -g caravan "$etc"
    install -d -m 0750 -o caravan -g caravan "$data" "$etc/routes"
    mkdir -p "$releases"
}

place() { # the release that is to run; sets $version
    if [ -n "$tarball" ]; then
        check_package "$tarball"
    else
        package=$(dirname "$here")
        [ -x "$package/bin/caravan" ] || fail "there is no package around this script. Name the tarball: install.sh caravan-VERSION.tar.gz"
        version=$(find "$package/lib" -name 'caravan-*.jar' | sed 's,.*/caravan-\(.*\)\.jar,\1,')
        [ -n "$version" ] || fail "$package/lib has no caravan-VERSION.jar."
    fi
    if [ -e $current ] && [ "$(release_of $current)" != "$version" ]; then
        fail "$(release_of $current) is installed. Another version goes on with update.sh, which comes back by itself if it does not work."
    fi
    want_room /opt 250
    want_room /var/lib 200
    if [ -n "$tarball" ]; then
        unpack "$tarball"
    elif [ "$package" != "$(readlink -f "$releases/$version")" ]; then
        rm -rf "$releases/.part-$version"
        cp -a "$package" "$releases/.part-$version"
        rm -rf "$releases/.part-$version/cache"
        place_release "$releases/.part-$version"
    fi
    if [ ! -e $current ]; then
        bring_flows '' "$releases/$version"
        point $current "$releases/$version"
    fi
    put 755 "$releases/$version/deploy/caravan.sh" /usr/local/bin/caravan
}

put() { # mode, from, to; sets $news if it was another
    cmp -s "$2" "$3" && return 0
    install -D -m "$1" "$2" "$3"
    news=1
}

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

word() { od -An -N20 -tx1 /dev/urandom | tr -d ' \n'; }

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

write_settings() {
    [ ! -e "$etc/caravan.properties" ] || return 0
    cat >"$etc/caravan.properties.part" <<END
# Settings of the hub; all there are, each with a sentence: $current/config/caravan.properties.example
# After a change: systemctl restart caravan
caravan.data = $data
caravan.routes = $etc/routes
END
    keep_settings
    say "Settings  $etc/caravan.properties"
}

umask 022
if [ -n "$uninstall" ]; then uninstall && exit 0; fi
[ -d /run/systemd/system ] || [ -z "$start" ] || fail "this machine does not run systemd. Run bin/caravan up by hand, or install with --no-start."
confirm "This installs Caravan into /opt/caravan as a service$([ "$broker" = embedded ] || echo ", and gives Mosquitto on this machine to it")."
need_programs
make_user
write_settings
place
[ "$broker" = embedded ] || set_mosquitto_up
put_units "$releases/$version"
# shellcheck disable=SC2086 # names are words
systemctl -q enable $units
sync # a power cut from now on finds all of it
[ -n "$start" ] || { say "Installed $version; nothing was started"; exit 0; }
systemctl start caravan || fail "the hub does not start; why: journalctl -u caravan -n 50"
systemctl start caravan-broker-files.timer caravan-backup.timer caravan-drill.timer caravan-health.timer
await_hub 120 3 || fail "the hub does not answer, or says that something is wrong: $(cat /run/caravan-status). Then: journalctl -u caravan -n 50"
publish_once || fail "the hub runs, but $why. Then: caravan status"
say "Tested    a device was made, published by $how, was read back, and is gone again"
say "Installed caravan $version"
say ""
sed -n '1,2p' /run/caravan-status
say "Next      caravan device add ID; open http://$(hostname):$(http_port) with the token in $data/admin.token"
