"""Cuts the power of a mounted ext4 or XFS: nothing reaches the device any more, not even the journal.

Takes the mount point; root. Prints when, in microseconds since 1970, right before the kernel is told."""
import fcntl, os, struct, sys, time

SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN, the same as XFS_IOC_GOINGDOWN
NO_LOG_FLUSH = 2

mount = os.open(sys.argv[1], os.O_RDONLY)
how = struct.pack("I", NO_LOG_FLUSH)
now = time.time_ns() // 1000
fcntl.ioctl(mount, SHUTDOWN, how)
print(now)
