#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2034,SC2119 # words that are expanded inside the machine; functions without arguments
# A Debian without Java and Mosquitto, and without a network: what provision.sh and install.sh say there; then with a folder of packages, as
# from a USB stick; with a package that a power cut has left half installed; and what a dry run changes, which is nothing.
#
#   sudo src/test/system/apt.sh
#
# Takes about a minute. machine.sh beside it says what can be set; the tree needs /opt/debs.
# shellcheck source=src/test/system/machine.sh
. "$(dirname "$0")/machine.sh"
kind=bare

unpack_into "$tree"
boot
in_shell "mkdir -p /root/p && tar -C /root/p --strip-components=1 -xzf /media/$(basename "$package"); ! command -v java; ! command -v mosquitto"
provision=/root/p/deploy/provision.sh install=/root/p/deploy/install.sh
state() { in_shell 'find /etc /opt /usr /var/lib /boot /home -xdev -type f ! -path "/var/lib/systemd/*" -exec sha256sum {} + | sort | sha256sum; hostname'; }

before=$(state)
inside $provision --dry-run --firewall --timezone Europe/Athens --hostname hut-2 >"$run/dry" 2>&1 || fail "$(cat "$run/dry")"
sed 's/^/        /' "$run/dry"
grep -q '^Would     packages: default-jre-headless mosquitto' "$run/dry" || fail "the dry run does not name the packages"
[[ $(state) == "$before" ]] || fail "the dry run changed something"
say "a dry run: nothing changed in /etc, /opt, /usr, /var/lib"

start=$SECONDS
refused "provision.sh without a network" $provision --yes
sed 's/^/        /' "$run/out"
grep -q 'no network, or no way out' "$run/out" || fail "it does not say why"
[[ $(state) == "$before" ]] || fail "it changed something although apt failed first"
refused "install.sh without a network" $install "/media/$(basename "$package")" --yes
sed 's/^/        /' "$run/out"
in_shell 'test ! -e /etc/caravan && test ! -e /opt/caravan' || fail "install.sh left something behind"
say "without a network: said so after $((SECONDS - start)) s, and nothing changed"

in_shell 'mkdir -p /root/other && mv /etc/apt/sources.list /etc/apt/sources.list.d/* /root/other 2>/dev/null || true; echo "deb [trusted=yes] file:/opt/debs ./" >/etc/apt/sources.list'
in_shell 'sed -i "/^Package: rsync$/,/^Status:/s/^Status: .*/Status: install ok half-configured/" /var/lib/dpkg/status
  dpkg -s rsync >/dev/null 2>&1 || printf "Package: hollow\nStatus: install ok half-configured\nPriority: optional\nSection: misc\nMaintainer: nobody <n@localhost>\nArchitecture: all\nVersion: 1\nDescription: left by a power cut\n\n" >>/var/lib/dpkg/status
  : >/var/lib/dpkg/info/hollow.list'
refused "provision.sh with a half installed package" $provision --yes
sed 's/^/        /' "$run/out"
grep -q 'sudo dpkg --configure -a' "$run/out" || fail "it does not say how it is mended"
in_shell 'dpkg --configure -a >/dev/null'
say "with a half installed package: said so, and how it is mended"

inside $provision --yes --firewall >"$run/out" 2>&1 || fail "$(cat "$run/out")"
sed 's/^/        /' "$run/out"
in_shell 'java -version 2>&1 | head -n 1; command -v mosquitto mosquitto_pub rsync nft'
inside $provision --yes --firewall | grep -q 'Nothing to change' || fail "the second run changes something"
say "provisioned from a folder of packages; the second run changed nothing"
inside $install "/media/$(basename "$package")" --yes >"$run/out" 2>&1 || fail "$(cat "$run/out")"
tail -n 6 "$run/out" | sed 's/^/        /'
inside /root/p/deploy/install.sh --uninstall --purge --yes >/dev/null
in_shell 'apt-get -q purge -y --autoremove mosquitto default-jre-headless "openjdk-*" >/dev/null 2>&1; ! command -v java >/dev/null'
inside $install "/media/$(basename "$package")" --yes >"$run/out" 2>&1 || fail "$(cat "$run/out")"
grep '^Installing with apt' "$run/out" | sed 's/^/        /'
in_shell 'systemctl is-active caravan mosquitto'
say "install.sh fetches what is missing by itself, and tells: OK"
power_off
say "OK"
