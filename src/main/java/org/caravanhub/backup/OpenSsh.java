package org.caravanhub.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The programs of OpenSSH for one second place: they are on each Debian, and are kept better than any library. Nobody is asked anything, no
 * settings of the user's are read, and a machine whose key was not pinned is not talked to.
 *
 * @param address which folder of which machine
 * @param folder where the hub's key and the pinned key of that machine are
 */
public record OpenSsh(SftpAddress address, Path folder) {
    private static final long LONGEST_HOURS = 6;
    private static final Pattern AWAY = Pattern.compile(
            "Connection refused|No route to host|timed out|Could not resolve hostname"
                    + "|Network is unreachable|Connection reset|Broken pipe|not responding|Host is down|Connection closed by");

    /** The hub's own key for it. */
    public Path key() {
        return folder.resolve("backup");
    }

    /** The keys of machines that were pinned. */
    Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    /**
     * Runs commands of sftp there, one after the other; the first that fails ends it, unless it begins with {@code -}.
     *
     * @return what it wrote, by lines
     * @throws PlaceAway if that machine is out of reach
     */
    List<String> sftp(List<String> commands) throws IOException {
        if (!Files.isRegularFile(key())) {
            throw new IOException("the hub has no key for " + address.host() + " yet: caravan backup key --sftp");
        }
        Ran ran = run(
                List.of(
                        "sftp",
                        "-F",
                        "/dev/null",
                        "-b",
                        "-",
                        "-i",
                        key().toString(),
                        "-P",
                        Integer.toString(address.port()),
                        "-oLogLevel=ERROR",
                        "-oBatchMode=yes",
                        "-oIdentitiesOnly=yes",
                        "-oStrictHostKeyChecking=yes",
                        "-oGlobalKnownHostsFile=/dev/null",
                        "-oUserKnownHostsFile=\"" + knownHosts() + "\"",
                        "-oConnectTimeout=15",
                        "-oServerAliveInterval=15",
                        "-oServerAliveCountMax=4",
                        address.user() + "@" + address.host()),
                String.join("\n", commands) + "\n");
        if (ran.code() != 0) {
            throw failure(ran.complaints());
        }
        return ran.lines();
    }

    private IOException failure(String complaints) {
        String host = address.host();
        if (complaints.contains("HOST IDENTIFICATION HAS CHANGED")) {
            return new IOException(host
                    + " shows another key than the one that was pinned: it was set up anew, or somebody is in between."
                    + " Compare its fingerprint, then: caravan backup trust");
        }
        if (complaints.contains("Host key verification failed")) {
            return new IOException("the key of " + host + " is not pinned: caravan backup trust");
        }
        if (complaints.contains("Permission denied (")) {
            return new IOException(host + " does not let the hub in as " + address.user()
                    + ": put the line that caravan backup key --sftp prints into ~/.ssh/authorized_keys there");
        }
        String why = complaints
                .lines()
                .filter(line -> !line.isBlank() && !line.equals("Connection closed"))
                .reduce((first, last) -> last)
                .orElse("the connection was closed");
        return AWAY.matcher(complaints).find()
                ? new PlaceAway(host + " is out of reach: " + shown(why))
                : new IOException(address + ": " + shown(why));
    }

    /** Whatever it shows as its keys, as lines for {@link #pin}. */
    public List<String> scan() throws IOException {
        List<String> keys = run(
                        List.of(
                                "ssh-keyscan",
                                "-T",
                                "10",
                                "-t",
                                "ed25519,ecdsa,rsa",
                                "-p",
                                Integer.toString(address.port()),
                                address.bareHost()),
                        "")
                .lines()
                .stream()
                .filter(line -> !line.startsWith("#") && line.split(" ").length == 3)
                .sorted((one, other) -> Boolean.compare(other.contains("ssh-ed25519"), one.contains("ssh-ed25519")))
                .toList();
        if (keys.isEmpty()) {
            throw new PlaceAway(
                    address.host() + " is out of reach, or no SSH server answers at port " + address.port());
        }
        return keys;
    }

    /** The fingerprint of such a line, {@code SHA256:...}. */
    public static String fingerprint(String line) throws IOException {
        Ran ran = run(List.of("ssh-keygen", "-lf", "-"), line + "\n");
        return ran.lines().stream()
                .flatMap(each -> Stream.of(each.split(" ")))
                .filter(word -> word.startsWith("SHA256:"))
                .findFirst()
                .orElseThrow(() -> new IOException("that is no key: " + shown(ran.complaints())));
    }

    /** From now on that machine has this key and no other. */
    public void pin(String line) throws IOException {
        String host = line.split(" ", 2)[0];
        List<String> known = new ArrayList<>();
        if (Files.exists(knownHosts())) {
            known.addAll(Files.readAllLines(knownHosts()));
            known.removeIf(each -> each.startsWith(host + " "));
        }
        known.add(line);
        OwnFiles.write(folder, knownHosts().getFileName().toString(), String.join("\n", known) + "\n");
    }

    /** The fingerprint that was pinned, if one was. */
    public Optional<String> pinned() throws IOException {
        String host = address.port() == 22 ? address.bareHost() : "[" + address.bareHost() + "]:" + address.port();
        if (Files.notExists(knownHosts())) {
            return Optional.empty();
        }
        for (String line : Files.readAllLines(knownHosts())) {
            if (line.startsWith(host + " ")) {
                return Optional.of(fingerprint(line));
            }
        }
        return Optional.empty();
    }

    /**
     * The public half of the hub's key; made if there is none. Whoever has it may only copy files there.
     *
     * @param comment what it is called there
     */
    public String publicKey(String comment) throws IOException {
        if (Files.notExists(key())) {
            OwnFiles.folder(folder);
            Path part = folder.resolve("new");
            Files.deleteIfExists(part);
            Files.deleteIfExists(folder.resolve("new.pub"));
            Ran ran = run(
                    List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", part.toString()), "");
            if (ran.code() != 0) {
                throw new IOException("ssh-keygen failed: " + shown(ran.complaints()));
            }
            OwnFiles.take(folder, folder.resolve("new.pub"), "backup.pub");
            OwnFiles.take(folder, part, "backup");
        }
        return Files.readString(folder.resolve("backup.pub")).strip();
    }

    private record Ran(int code, List<String> lines, String complaints) {}

    /** Its output is short: lists, and words. */
    private static Ran run(List<String> command, String input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("LC_ALL", "C");
        environment.remove("SSH_AUTH_SOCK");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException(command.get(0) + " is not installed: sudo apt-get install openssh-client", e);
        }
        StringBuilder complaints = new StringBuilder();
        Thread listener = new Thread(() -> complaints.append(text(process)), command.get(0));
        listener.setDaemon(true);
        listener.start();
        Thread patience = new Thread(() -> endIfEndless(process), command.get(0) + "-patience");
        patience.setDaemon(true);
        patience.start();
        try {
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It has ended already and says why.
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            listener.join();
            return new Ran(code, output.lines().toList(), complaints.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void endIfEndless(Process process) {
        try {
            if (!process.waitFor(LONGEST_HOURS, TimeUnit.HOURS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private static String text(Process process) {
        try {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** Foreign words, in one line. */
    private static String shown(String words) {
        String line = words.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }
}
