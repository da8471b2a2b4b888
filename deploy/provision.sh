#!/bin/sh
# Prepares a Debian 12 or 13 or Raspberry Pi OS for a hub that runs for years: sudo deploy/provision.sh [options]
#
#   --dry-run            say what would be changed, change nothing
#   --hostname NAME      the machine's name
#   --timezone ZONE      for example Europe/Athens; without it, it stays
#   --journal-max SIZE   the most that logs may use on disk (default 200M)
#   --no-packages        install nothing with apt
#   --firewall           let in only SSH, MQTT (1883, 8883) and the pages (8080), with nftables; not taken back by itself: keep a way in
#   --harden-ssh         keys only, no root. Only if a key of somebody who may use sudo is there; a session that is open stays open, and all of it
#                        is taken back after 10 minutes unless you log in anew and type: sudo touch /run/caravan-ssh-works
#   --yes                do not ask
#
# Packages, logs within bounds, power-cut-proof file system options, time zone, name. Running it twice changes nothing and says so. No
# unattended upgrades: nobody is near when one goes wrong.
set -eu

dry='' name='' zone='' journal=200M packages=1 firewall='' ssh=''
changes=0

here=$(dirname "$(readlink -f "$0")")
# shellcheck source=deploy/parts/words.sh
. "$here/parts/words.sh"
# shellcheck source=deploy/parts/apt.sh
. "$here/parts/apt.sh"

while [ $# -gt 0 ]; do
    case $1 in
        --dry-run) dry=1 ;;
        --hostname) want_value "$@" && name=$2 && shift ;;
        --timezone) want_value "$@" && zone=$2 && shift ;;
        --journal-max) want_value "$@" && journal=$2 && shift ;;
        --no-packages) packages='' ;;
        --firewall) firewall=1 ;;
        --harden-ssh) ssh=1 ;;
        --yes | -y) yes=1 ;;
        --help | -h) usage "$0" && exit 0 ;;
        *) usage "$0" >&2 && fail "there is no option $1." ;;
    esac
    shift
done
case $name in *[!A-Za-z0-9-]* | -*) fail "\"$name\" is no name of a machine: letters, digits and -." ;; esac
case $journal in [1-9]*[KMG]) ;; *) fail "--journal-max is a size like 200M, not \"$journal\"." ;; esac
[ -z "$zone" ] || [ -e "/usr/share/zoneinfo/$zone" ] || fail "there is no time zone \"$zone\"; timedatectl list-timezones"
[ -n "$dry" ] || [ "$(id -u)" = 0 ] || fail "this changes the system and needs root; put sudo before it. Or look first: --dry-run"
grep -Eq '^(ID|ID_LIKE)=.*(debian|raspbian)' /etc/os-release || fail "this is made for Debian and Raspberry Pi OS, and this system is neither."

change() { # what, command and its words: says it, and does it unless this is a dry run
    changes=$((changes + 1))
    if [ -n "$dry" ]; then say "Would     $1" && return 0; fi
    say "Change    $1"
    shift
    "$@"
}

put() { # file, its content, and what it is for
    [ "$(cat "$1" 2>/dev/null || true)" != "$2" ] || return 1
    change "$1: $3" put_now "$1" "$2"
}

put_now() {
    mkdir -p "$(dirname "$1")"
    printf '%s\n' "$2" >"$1.part"
    chmod 644 "$1.part"
    sync "$1.part"
    mv "$1.part" "$1"
}

install_packages() {
    missing=''
    for package in default-jre-headless mosquitto mosquitto-clients ca-certificates curl nftables rsync sqlite3; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
    done
    case $missing in *default-jre*) ! java_there || missing=$(echo "$missing" | sed 's/ default-jre-headless//') ;; esac
    [ -n "$missing" ] || return 0
    change "packages:$missing" install_now "$missing"
}

install_now() {
    apt_install "$1" || fail "$why
Nothing else was changed. With the network there, run this again; or go on without: --no-packages"
}

limit_journal() {
    ! put /etc/systemd/journald.conf.d/caravan.conf "# Logs outlive a power cut and do not fill the card.
[Journal]
Storage=persistent
SystemMaxUse=$journal
SystemKeepFree=200M
RuntimeMaxUse=32M
MaxRetentionSec=90day
# Fewer writes; what is urgent is written at once anyway.
SyncIntervalSec=5min" "logs use at most $journal on disk" || [ -n "$dry" ] || systemctl restart systemd-journald
}

settle() {
    if [ -n "$zone" ] && [ "$(readlink -f /etc/localtime)" != "$(readlink -f "/usr/share/zoneinfo/$zone")" ]; then
        change "time zone $zone" ln -sfn "/usr/share/zoneinfo/$zone" /etc/localtime
        [ -n "$dry" ] || echo "$zone" >/etc/timezone
    fi
    if [ -n "$name" ] && [ "$(cat /etc/hostname)" != "$name" ]; then change "name $name" rename_machine; fi
    # Half-written pages on a card that loses power: the kernel writes sooner. And it starts anew when it panics.
    ! put /etc/sysctl.d/60-caravan.conf "# A machine nobody is near starts anew after a panic, and keeps less in memory that a power cut would take.
kernel.panic = 10
vm.dirty_background_ratio = 2
vm.dirty_ratio = 10
vm.swappiness = 10" "a panic ends in a new start; less unwritten in memory" || [ -n "$dry" ] || sysctl -q --system 2>/dev/null || true
    # The hardware's own watchdog, if there is one: a Pi that hangs starts anew.
    ! put /etc/systemd/system.conf.d/caravan.conf "# The machine itself is watched too, where it can be: a Pi that hangs starts anew.
[Manager]
RuntimeWatchdogSec=15s
RebootWatchdogSec=2min" "a machine that hangs starts anew, if its hardware can" || [ -n "$dry" ] || systemctl daemon-reexec
}

rename_machine() {
    echo "$name" >/etc/hostname
    hostname "$name"
    sed -i '/^127\.0\.1\.1[[:space:]]/d' /etc/hosts
    printf '127.0.1.1\t%s\n' "$name" >>/etc/hosts
}

close_doors() {
    if [ ! -e /usr/sbin/nft ]; then
        if [ -n "$dry" ]; then change "/etc/nftables.conf: only SSH, MQTT and the pages get in, once nftables is there" true && return 0; fi
        fail "nftables is missing: apt-get install nftables"
    fi
    rules='#!/usr/sbin/nft -f
# What comes in, by deploy/provision.sh --firewall. What goes out is free.
flush ruleset
table inet caravan {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    iif "lo" accept
    # ICMP of both versions, by number: not every machine knows their names
    meta l4proto { 1, 58 } accept
    # DHCP and names in the local network
    udp sport { 67, 547 } udp dport { 68, 546 } accept
    udp dport 5353 accept
    # SSH, MQTT, MQTT with TLS, pages and API
    tcp dport { 22, 1883, 8883, 8080 } accept
  }
}'
    printf '%s\n' "$rules" | nft -c -f - || fail "this machine's nftables does not take the rules; nothing was closed."
    own=$(grep -vE '^(#|flush|table inet filter|[[:space:]]*chain|[[:space:]]*type|[[:space:]]*}|}|$)' /etc/nftables.conf 2>/dev/null || true)
    case $own in '' | *caravan*) ;; *) fail "/etc/nftables.conf has rules of yours. Add the ports 22, 1883, 8883 and 8080 there by hand." ;; esac
    if put /etc/nftables.conf "$rules" "only SSH, MQTT and the pages get in"; then
        [ -n "$dry" ] || { systemctl -q enable nftables && nft -f /etc/nftables.conf; }
    fi
}

may_enter() { # somebody who may use sudo has a key
    for user in $(getent group sudo | cut -d : -f 4 | tr , ' '); do
        home=$(getent passwd "$user" | cut -d : -f 6)
        [ ! -s "$home/.ssh/authorized_keys" ] || return 0
    done
    return 1
}

harden_ssh() {
    file=/etc/ssh/sshd_config.d/10-caravan.conf
    rules='# By deploy/provision.sh --harden-ssh: keys only.
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin no
MaxAuthTries 4'
    [ "$(cat $file 2>/dev/null || true)" != "$rules" ] || return 0
    command -v sshd >/dev/null || [ -x /usr/sbin/sshd ] || fail "there is no SSH server to harden."
    may_enter || fail "nobody in the group sudo has a key in ~/.ssh/authorized_keys, and you would be locked out. From your computer: ssh-copy-id USER@$(hostname)"
    if [ -n "$dry" ]; then change "$file: SSH with keys only, taken back after 10 minutes without a new login" true && return 0; fi
    put_now $file "$rules"
    /usr/sbin/sshd -t || { rm -f $file && fail "sshd does not take the configuration; nothing was changed."; }
    changes=$((changes + 1))
    say "Change    $file: SSH with keys only"
    rm -f /run/caravan-ssh-works
    systemd-run --quiet --unit=caravan-ssh-back --on-active=10min /bin/sh -c \
        "[ -e /run/caravan-ssh-works ] || { rm -f $file; systemctl try-reload-or-restart ssh; }" 2>/dev/null || { rm -f $file && fail "the way back could not be prepared, so SSH stays as it was."; }
    systemctl try-reload-or-restart ssh 2>/dev/null || true
    say "Now       log in anew from your computer within 10 minutes and type: sudo touch /run/caravan-ssh-works"
    say "          Otherwise SSH is as it was before."
}

[ -n "$dry" ] || confirm "This changes packages, logs and kernel settings of this machine (--dry-run shows them)."
umask 022
[ -z "$packages" ] || install_packages
limit_journal
settle
[ -z "$firewall" ] || close_doors
[ -z "$ssh" ] || harden_ssh
case $changes in
    0) say "Nothing to change: this machine is provisioned" ;;
    *) say "${dry:+Would make }$changes changes. Next: deploy/install.sh" ;;
esac
