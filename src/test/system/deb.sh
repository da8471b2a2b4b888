#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2034,SC2119 # words that are expanded inside the machine; functions without arguments
# The .deb without a network: what is in it, installed, the same again, a newer one, one that does not work, removed and back, purged.
#
#   sudo src/test/system/deb.sh
#
# Takes about two minutes. Needs dpkg-deb, and the .deb beside the tarball: mvn -Pdeb package. machine.sh beside it says what can be set.
# shellcheck source=src/test/system/machine.sh
. "$(dirname "$0")/machine.sh"

deb=$(find "$(dirname "$package")" -maxdepth 1 -name 'caravan_*_all.deb' | head -n 1)
[[ -f $deb ]] || fail "there is no .deb beside $package: mvn -Pdeb package"

dpkg-deb -c "$deb" >"$run/list"
! grep -v ' root/root ' "$run/list" || fail "not all in the .deb belongs to root"
! grep -E ' \./(usr/local|opt|home|root|tmp|etc|var|srv)/' "$run/list" || fail "the .deb has files where a package has none"
! awk '{ print $1 }' "$run/list" | grep -E '^-.*[sStT]|^-.......w' || fail "files of the .deb are for all to write, or change who runs them"
dpkg-deb -f "$deb" Package Version Architecture Depends Maintainer Description >/dev/null || fail "its control file is not whole"
say "$(basename "$deb"): $(wc -l <"$run/list") entries, all of root, in $(awk '{ print $6 }' "$run/list" | cut -d / -f 2-3 | sort -u | tr '\n' ' ')"

newer() { # version, command in the package's folder: a .deb with that package
  make_release "$1" "$2"
  dpkg-deb -R "$deb" "$run/deb"
  rm "$run"/deb/usr/share/caravan/caravan-*.tar.gz
  mv "$tree/root/caravan-$1.tar.gz" "$run/deb/usr/share/caravan/"
  sed -i "s/^Version: .*/Version: $1/" "$run/deb/DEBIAN/control"
  (cd "$run/deb" && find usr -type f -exec md5sum {} + >DEBIAN/md5sums)
  dpkg-deb -Znone -b "$run/deb" "$tree/root/caravan_$1_all.deb" >/dev/null
  rm -rf "$run/deb"
}
status() { inside dpkg-query -W -f '${Version} ${Status}' caravan; }

unpack_into "$tree"
newer 9.1.0 true
newer 9.2.0 "sed -i '\$a exit 1' bin/java.sh" # does not start
boot
inside dpkg -i "/media/${deb##*/}" >"$run/out" 2>&1 || fail "$(cat "$run/out")"
version=$(status | cut -d ' ' -f 1)
expect "$version"
inside dpkg --verify caravan | grep . && fail "installed files are not those of the package"
inside dpkg -i "/media/${deb##*/}" >"$run/out" 2>&1 || fail "$(cat "$run/out")"
grep -q 'Nothing to do' "$run/out" || fail "the same .deb again does something"
load_device
start_load mqtt load
inside dpkg -i /root/caravan_9.1.0_all.deb >"$run/out" 2>&1 || fail "$(cat "$run/out")"
expect 9.1.0
say "installed $version, the same again, and 9.1.0 over it: $(status)"

refused "a .deb that does not work" dpkg -i /root/caravan_9.2.0_all.deb
tail -n 4 "$run/out" | sed 's/^/        /'
expect 9.1.0
say "9.2.0 does not work: 9.1.0 runs; dpkg says: $(status)"
inside dpkg -i /root/caravan_9.1.0_all.deb >"$run/out" 2>&1 || fail "back to 9.1.0 for dpkg, too: $(cat "$run/out")"
[[ $(status) == '9.1.0 install ok installed' ]] || fail "dpkg says $(status)"
stop_load
await "all is stored" 60 all_stored load

inside dpkg -r caravan >"$run/out" 2>&1 || fail "$(cat "$run/out")"
in_shell 'test ! -e /opt/caravan && test -e /var/lib/caravan/caravan.db && test -e /etc/caravan/caravan.properties && ! systemctl -q is-active caravan' || fail "removed is not as it should be"
inside dpkg -i /root/caravan_9.1.0_all.deb >"$run/out" 2>&1 || fail "$(cat "$run/out")"
await "the hub is back" 60 api /api/v1/ledger
all_stored load || fail "readings are missing after dpkg -r and -i"
say "removed and installed again: all $(acknowledged load) readings are there"
inside dpkg --purge caravan >"$run/out" 2>&1 || fail "$(cat "$run/out")"
in_shell 'test ! -e /var/lib/caravan && test ! -e /etc/caravan && test ! -e /opt/caravan && test ! -e /usr/share/caravan && ! id caravan 2>/dev/null'
left=$(in_shell 'find / -xdev -name "*caravan*" ! -path "/proc/*" ! -path "/root/*" ! -path "/var/log/*" ! -path "/var/lib/systemd/*" ! -path "/tmp/*" 2>/dev/null' | tr '\n' ' ')
[[ -z $left ]] || say "left after a purge: $left"
say "purged"
power_off
say "OK"
