package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        Ran ran = Ran.of(
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
                ? new PlaceAway(host + " is out of reach: " + Ran.shown(why))
                : new IOException(address + ": " + Ran.shown(why));
    }

    /** Whatever it shows as its keys, as lines for {@link #pin}. */
    public List<String> scan() throws IOException {
        List<String> keys = Ran.of(
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
        Ran ran = Ran.of(List.of("ssh-keygen", "-lf", "-"), line + "\n");
        return ran.lines().stream()
                .flatMap(each -> Stream.of(each.split(" ")))
                .filter(word -> word.startsWith("SHA256:"))
                .findFirst()
                .orElseThrow(() -> new IOException("that is no key: " + ran.shown()));
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
            Ran ran = Ran.of(
                    List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", part.toString()), "");
            if (ran.code() != 0) {
                throw new IOException("ssh-keygen failed: " + ran.shown());
            }
            OwnFiles.take(folder, folder.resolve("new.pub"), "backup.pub");
            OwnFiles.take(folder, part, "backup");
        }
        return Files.readString(folder.resolve("backup.pub")).strip();
    }
}
