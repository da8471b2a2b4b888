package org.caravanhub.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** What goes wrong from outside. */
final class Fault {
    private Fault() {}

    /** Time passes while it is wrong; nothing is waited for. */
    static void lasts(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** Cuts every TCP connection to a port of this machine, as a failing network would. */
    static void cutConnectionsTo(int port) throws IOException, InterruptedException {
        Process cut = new ProcessBuilder("ss", "-K", "dst", "127.0.0.1", "dport", "=", ":" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean done = cut.waitFor(10, TimeUnit.SECONDS) && cut.exitValue() == 0;
        Assumptions.assumeTrue(
                done && System.getProperty("user.name").equals("root"), "only root may cut connections (ss -K)");
    }

    /** Swallows every packet to a TCP port of this machine, as a line does that is cut without a word, until it is closed. */
    static AutoCloseable dropPacketsTo(int port) throws IOException, InterruptedException {
        String table = "caravan_test_" + port;
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root may drop packets (nft)");
        nft("add table inet " + table);
        nft("add chain inet " + table + " in { type filter hook input priority 0 ; }");
        nft("add rule inet " + table + " in tcp dport " + port + " drop");
        return () -> nft("delete table inet " + table);
    }

    /** Makes waits for the disk of a process fail: each {@code every}-th of a thread, until it is closed. */
    static AutoCloseable failingSync(long pid, int every) throws IOException {
        Path inject = Path.of("/usr/bin/strace");
        Assumptions.assumeTrue(Files.exists(inject), "strace is not installed");
        Process strace = new ProcessBuilder(
                        inject.toString(),
                        "-f",
                        "-qq",
                        "-e",
                        "trace=fsync,fdatasync",
                        "-e",
                        "inject=fsync,fdatasync:error=EIO:when=1+" + every,
                        "-p",
                        Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        // Asked to end, it lets the process go on.
        return () -> {
            strace.destroy();
            strace.waitFor(10, TimeUnit.SECONDS);
        };
    }

    private static void nft(String command) throws IOException, InterruptedException {
        Process nft = new ProcessBuilder("nft", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Assumptions.assumeTrue(nft.waitFor(10, TimeUnit.SECONDS) && nft.exitValue() == 0, "nft " + command);
    }
}
