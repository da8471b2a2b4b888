#!/bin/sh
# Installs Caravan as a service: sudo deploy/install.sh [TARBALL] [options]
#
#   TARBALL             caravan-VERSION.tar.gz; without it, the unpacked package that this script lies in
#   --broker KIND       mosquitto (the default): Mosquitto as a service of its own with Dynamic Security, so that devices stay connected
#                       while the hub is updated. embedded: the hub runs its own broker, a Mosquitto if there is one, and nothing is changed
#                       of the service. in-process: a broker inside the hub, which loses nothing that it acknowledged at a power cut
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
# shellcheck source=deploy/parts/apt.sh
. "$here/parts/apt.sh"
# shellcheck source=deploy/parts/settings.sh
. "$here/parts/settings.sh"
# shellcheck source=deploy/parts/mosquitto.sh
. "$here/parts/mosquitto.sh"
# shellcheck source=deploy/parts/uninstall.sh
. "$here/parts/uninstall.sh"

tarball='' broker=mosquitto start=1 uninstall='' purge=''
while [ $# -gt 0 ]; do
    case $1 in
        --broker) want_value "$@" && broker=$2 && shift ;;
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
case $broker in mosquitto | embedded | in-process) ;; *) fail "--broker is mosquitto, embedded or in-process, not \"$broker\"." ;; esac
want_root
one_at_a_time

units='caravan.service caravan-resume.service caravan-broker-files.timer caravan-backup.timer caravan-drill.timer caravan-health.timer'

need_programs() {
    missing=''
    "$here/../bin/caravan" version >/dev/null 2>&1 || java_there || missing="$missing default-jre-headless"
    if [ "$broker" = mosquitto ] && ! command -v mosquitto >/dev/null; then missing="$missing mosquitto mosquitto-clients"; fi
    [ -n "$missing" ] || return 0
    say "Installing with apt:$missing"
    apt_install "$missing" || fail "these are missing:$missing. $why
Connect the machine to the internet once and run: sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
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

umask 022
if [ -n "$uninstall" ]; then uninstall && exit 0; fi
[ -d /run/systemd/system ] || [ -z "$start" ] || fail "this machine does not run systemd. Run bin/caravan up by hand, or install with --no-start."
if [ "$broker" != mosquitto ] && systemctl -q is-active mosquitto 2>/dev/null; then
    [ ! -e /etc/mosquitto/conf.d/caravan.conf ] || fail "Mosquitto was set up for Caravan before, and devices are connected to it. Begin anew: install.sh --uninstall, then this again."
    fail "Mosquitto runs as a service, and the hub's own broker wants its port. Stop it: sudo systemctl disable --now mosquitto; or install with --broker mosquitto."
fi
confirm "This installs Caravan into /opt/caravan as a service$([ "$broker" != mosquitto ] || echo ", and gives Mosquitto on this machine to it")."
need_programs
make_user
write_settings
place
[ "$broker" != mosquitto ] || set_mosquitto_up
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
