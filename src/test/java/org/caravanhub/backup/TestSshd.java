package org.caravanhub.backup;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An SSH server of this machine's OpenSSH on a port of its own, which lets whoever runs the test in by the keys that it is told. */
public final class TestSshd implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private Process process;

    /** Starts it; without it the test is skipped. */
    public TestSshd(Path folder) throws Exception {
        assumeTrue(Files.isExecutable(SSHD), "there is no sshd: apt-get install openssh-server");
        this.folder = Files.createDirectories(folder);
        if (user().equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = any.getLocalPort();
        }
        newHostKey();
        Files.writeString(folder.resolve("authorized"), "");
        Files.writeString(
                folder.resolve("config"),
                String.join(
                        "\n",
                        "Port " + port,
                        "ListenAddress 127.0.0.1",
                        "HostKey " + folder.resolve("host"),
                        "AuthorizedKeysFile " + folder.resolve("authorized"),
                        "StrictModes no",
                        "UsePAM no",
                        "PasswordAuthentication no",
                        "KbdInteractiveAuthentication no",
                        "PidFile none",
                        "MaxStartups 100",
                        "Subsystem sftp internal-sftp",
                        ""));
        process = start();
    }

    static String user() {
        return System.getProperty("user.name");
    }

    int port() {
        return port;
    }

    /** As it is written in the settings. */
    public String address(Path path) {
        return "sftp://" + user() + "@127.0.0.1:" + port + path;
    }

    /** Lets in whoever has the key of that line. */
    public void authorize(String line) throws IOException {
        Files.writeString(folder.resolve("authorized"), line + "\n");
    }

    /** Starts anew with another key, as a machine does that was set up again. */
    void becomeAnother() throws Exception {
        close();
        newHostKey();
        process = start();
    }

    private void newHostKey() throws Exception {
        Files.deleteIfExists(folder.resolve("host"));
        Process made = new ProcessBuilder(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        folder.resolve("host").toString())
                .start();
        assumeTrue(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0, "ssh-keygen");
    }

    /** It is asked until it answers. */
    private Process start() throws Exception {
        Process started = new ProcessBuilder(List.of(
                        SSHD.toString(),
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("config").toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return started;
            } catch (IOException e) {
                if (!started.isAlive() || System.nanoTime() > until) {
                    throw new IOException("sshd does not start: " + Files.readString(folder.resolve("log")), e);
                }
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
