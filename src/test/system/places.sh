#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # words that are expanded inside the machine; functions without arguments
# What of a hub outlives its machine: the accounts of others at Mosquitto and what is retained come back on another one, and the hub, hardened
# as it is, brings its backups to a stick and to another machine by itself.
#
#   sudo src/test/system/places.sh
#
# Takes two to three minutes and some gigabytes. machine.sh beside it says what can be set.
# shellcheck source=src/test/system/machine.sh
. "$(dirname "$0")/machine.sh"

saved_each() { # seconds; the hub's own flow, so that it is the hub that copies
  in_shell "sed -i -e 's|cron: .*|cron: \"0/$1 * * ? * *\"|' -e 's|unless-younger:20h|unless-younger:1s|' /etc/caravan/routes/backup/save-hub.camel.yaml; chown caravan: /etc/caravan/routes/backup/save-hub.camel.yaml"
}
outsider() { # command and its options, as an account that the hub has not made
  inside "$1" -h 127.0.0.1 -p 1883 -u homeassistant -P ha-word "${@:2}"
}
knows_outsider() { outsider mosquitto_sub -t home/lamp -C 1 -W 3; }
is_in() { in_shell "ls $1/caravan-*-daily.tar.gz.sha256"; }

unpack_into "$tree"
if [[ ! -x $tree/usr/sbin/sshd ]]; then # as this machine has it
  for program in /usr/bin/ssh /usr/bin/sftp /usr/bin/ssh-keygen /usr/bin/ssh-keyscan /usr/sbin/sshd; do
    ! [[ -x $program ]] || { cp "$program" "$tree$program"; ldd "$program" | sed -n "s/.* => \(\/[^ ]*\) .*/\1/p" | while read -r lib; do [[ -e $tree$lib ]] || cp --parents -L "$lib" "$tree"; done; }
  done
fi
dd if=/dev/zero of="$run/stick.img" bs=1M count=64 status=none
mkfs.ext4 -q -m 0 "$run/stick.img"
mkdir "$run/stick"
mount -o loop "$run/stick.img" "$run/stick" && cleanups+=("umount -l '$run/stick'")
boot --bind="$run/stick":/mnt/usb
install_caravan >"$run/install"
say "installed"

# ── Mosquitto's own files ────────────────────────────────────────────────────────────────

in_shell 'umask 077; word=$(sed -n "s/^caravan.mqtt.control.password *= *//p" /etc/caravan/caravan.properties)
  printf "%s\n" "-h 127.0.0.1" "-u caravan-control" "-P $word" >/run/mosquitto_ctrl
  dynsec() { XDG_CONFIG_HOME=/run mosquitto_ctrl -o /run/mosquitto_ctrl dynsec "$@"; }
  dynsec createClient homeassistant -p ha-word; dynsec createRole home
  dynsec addRoleACL home publishClientSend "home/#" allow; dynsec addRoleACL home subscribePattern "home/#" allow; dynsec addRoleACL home publishClientReceive "home/#" allow
  dynsec addClientRole homeassistant home'
outsider mosquitto_pub -t home/lamp -r -m on
in_shell 'systemctl start caravan-broker-files'
first=$(in_shell 'cd /var/lib/caravan/broker/mosquitto && find . -type f -printf "%P %m %u %T@\n" | sort')
printf '%s\n' "$first" | sed 's/^/        /'
[[ $first == *'dynamic-security.json 600 caravan'* && $first == *'mosquitto.db 600 caravan'* ]] || fail "the files are not there, or not the hub's"
in_shell 'systemctl start caravan-broker-files'
again=$(in_shell 'cd /var/lib/caravan/broker/mosquitto && find . -type f ! -name mosquitto.db -printf "%P %m %u %T@\n" | sort')
[[ $again == "$(grep -v '^mosquitto.db ' <<<"$first")" ]] || fail "what has not changed is written again"
# Neither of the two users gets at what is root's by a link.
in_shell 'echo secret-of-root >/root/secret; chmod 600 /root/secret; cp -p /var/lib/mosquitto/dynamic-security.json /root/accounts
  rm /var/lib/mosquitto/dynamic-security.json; ln -s /root/secret /var/lib/mosquitto/dynamic-security.json
  rm -r /var/lib/caravan/broker/mosquitto; ln -s /etc/mosquitto /var/lib/caravan/broker/mosquitto; chown -h caravan: /var/lib/caravan/broker/mosquitto
  sha256sum /etc/mosquitto/conf.d/* >/root/sums; systemctl start caravan-broker-files || true
  sha256sum -c --quiet /root/sums; ! grep -rqs secret-of-root /var/lib/caravan/broker /etc/mosquitto
  rm /var/lib/caravan/broker/mosquitto /var/lib/mosquitto/dynamic-security.json; cp -p /root/accounts /var/lib/mosquitto/dynamic-security.json
  systemctl start caravan-broker-files'
say "saved; links lead neither root's secrets out nor foreign files in"

# ── A stick, and another machine, by the hub as it is hardened ───────────────────────────

in_shell 'mkdir /mnt/usb/caravan && chown caravan: /mnt/usb/caravan; echo "caravan.backup.second = /mnt/usb/caravan" >>/etc/caravan/caravan.properties; systemctl restart caravan'
saved_each 10
await "the hub has copied to the stick" 60 is_in /mnt/usb/caravan
say "the hub copied to the stick: $(in_shell 'caravan backup list --place second | tail -n 1')"
in_shell 'mkdir /mnt/late; sed -i "s|^caravan.backup.second.*|caravan.backup.second = /mnt/late/caravan|" /etc/caravan/caravan.properties; systemctl restart caravan'
await "the copy waits" 60 in_shell 'grep -qs WAITS /var/lib/caravan/health/second-place.json'
in_shell 'test -z "$(ls -A /mnt/late)"; mount -t tmpfs -o size=64m,mode=0777 late /mnt/late'
await "the hub has copied to what was plugged in later" 60 is_in /mnt/late/caravan
say "the hub wrote nothing where no stick was, and copied when one was plugged in"
in_shell 'useradd -m nas && usermod -p "*" nas && mkdir -p /run/sshd /etc/ssh && ssh-keygen -q -A
  id sshd >/dev/null 2>&1 || useradd -r -d /run/sshd -s /usr/sbin/nologin sshd
  printf "Port 2222\nUsePAM no\nPasswordAuthentication no\nAuthorizedKeysFile /home/nas/.ssh/authorized_keys\nSubsystem sftp internal-sftp\n" >/etc/ssh/sshd_far
  systemd-run --quiet --unit far /usr/sbin/sshd -D -f /etc/ssh/sshd_far
  sed -i "s|^caravan.backup.second.*|caravan.backup.second = sftp://nas@127.0.0.1:2222/~/hut|" /etc/caravan/caravan.properties
  mkdir /home/nas/.ssh; caravan backup key --sftp >/home/nas/.ssh/authorized_keys; chown -R nas: /home/nas/.ssh; chmod 700 /home/nas/.ssh'
await "the far machine answers" 20 in_shell 'caravan backup trust --fingerprint "$(ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d " " -f 2)"'
in_shell 'systemctl restart caravan'
await "the hub has copied to the far machine" 90 is_in /home/nas/hut
say "the hub copied to the far machine: $(in_shell 'caravan backup list --place second | tail -n 1'); its key is $(in_shell 'stat -c "%U %a" /var/lib/caravan/ssh/backup')"
inside caravan backup sheet | sed 's/^/        /'

# ── Another machine ──────────────────────────────────────────────────────────────────────

file=$(in_shell 'runuser -u caravan -- env CARAVAN_CONFIG=/etc/caravan/caravan.properties /opt/caravan/current/bin/caravan backup now --quiet' 2>"$run/said") || fail "backup now: $(cat "$run/said")"
in_shell "cp $file $file.sha256 /mnt/usb/"
inside /root/p/deploy/install.sh --uninstall --purge --yes >/dev/null
in_shell 'rm -rf /var/lib/mosquitto/* && systemctl stop mosquitto'
install_caravan >"$run/install"
! knows_outsider >/dev/null 2>&1 || fail "the new machine knows the account before it was restored"
say "another machine: installed, and it does not know the account"
in_shell "systemctl stop caravan && caravan backup restore /mnt/usb/${file##*/} --yes 2>&1 | tail -n 3 && systemctl start caravan"
await "the account of somebody else is back, with what was retained" 30 knows_outsider
[[ $(knows_outsider) == on ]] || fail "what was retained is not what it was"
await "the hub is back" 60 api /api/v1/ledger
in_shell 'journalctl -q -u caravan -u mosquitto --no-pager -o cat | grep -E "before-start.sh|caravan-accounts"' | sed 's/^/        /'
say "OK: accounts of others, and what was retained, came back by themselves"
