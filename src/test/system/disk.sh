# shellcheck shell=bash disable=SC2016,SC2034,SC2154
# A machine of machine.sh whose disk is an ext4 image of its own, and whose power can be cut: the journal is not flushed any more from one
# moment on, and every process dies. Read by the scripts beside it, before machine.sh.
#
# The disk is mounted for one script alone: a copy in another's namespace would keep it from being unplugged.
[[ -n ${MACHINE_ALONE:-} ]] || MACHINE_ALONE=1 exec unshare --mount --propagation private "$0" "$@"
# shellcheck source=src/test/system/machine.sh
. "$(dirname "$0")/machine.sh"

truncate -s "${disk_size:-6G}" "$run/disk.img"
mkfs.ext4 -q -F -m 0 "$run/disk.img"
plug_in() {
  mkdir -p "$tree"
  local tries
  for ((tries = 0; tries < 240; tries++)); do # the kernel may still hold the one that was cut, which answers with errors
    mount -o loop "$run/disk.img" "$tree"
    ! touch "$tree/plugged-in" 2>/dev/null || return 0
    umount "$tree"
    sleep 0.25
  done
  fail "the disk could not be plugged in again"
}
holders() { # processes that see the disk in any namespace
  grep -l "$tree" /proc/[0-9]*/mountinfo 2>/dev/null | cut -d / -f 3 || true
}
unplug() { # its processes need a moment to be gone
  local tries
  for ((tries = 0; tries < 240; tries++)); do
    ! grep -q " $tree " /proc/self/mountinfo || umount "$tree" 2>/dev/null || true
    [[ -n $(holders) ]] || return 0
    sleep 0.25
  done
  for holder in $(holders); do tr '\0' ' ' <"/proc/$holder/cmdline" >&2; done
  fail "the disk could not be unplugged; who holds it is above"
}
cleanups+=('umount "$tree" 2>/dev/null || umount -l "$tree" 2>/dev/null')

busy=() # processes of this machine that use the other

# What was acknowledged after the cut does not count. Without power nothing answers any more; here programs run on for a moment, and ext4 tells
# one whose fsync was under way that it has succeeded: the transaction it waits for is gone, and that it was given up is not asked.
cut_power() { # EXT4_IOC_SHUTDOWN without flushing the journal; notes the clock right before it
  local cut late each
  cut=$(python3 -c '
import fcntl, os, struct, sys, time
disk = os.open(sys.argv[1], os.O_RDONLY)
now = time.monotonic()
fcntl.ioctl(disk, 0x8004587D, struct.pack("I", 2))
print(now)' "$tree")
  ((${#busy[@]} == 0)) || kill "${busy[@]}" 2>/dev/null || true
  stop_hard
  ((${#busy[@]} == 0)) || wait "${busy[@]}" 2>/dev/null || true
  late=$(awk -v cut="$cut" '$2 >= cut' "$run"/load-* /dev/null | wc -l)
  [[ $late == 0 ]] || say "$late acknowledged by what ran on after the cut: not counted"
  for each in "$run"/load-*; do
    awk -v cut="$cut" 'NF == 2 && $2 < cut' "$each" >"$run/before-cut" && mv "$run/before-cut" "$each"
  done
  unplug
}
