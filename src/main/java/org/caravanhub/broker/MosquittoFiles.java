package org.caravanhub.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.caravanhub.message.TopicFilter;

/** The files of the Mosquitto beside the hub, each readable by its owner alone. Written whole or not at all. */
final class MosquittoFiles {
    private final BrokerSettings settings;
    private final Path directory;

    MosquittoFiles(BrokerSettings settings) {
        this.settings = settings;
        this.directory = settings.directory();
    }

    /** The configuration; its path on a command line tells our Mosquitto from others. */
    Path configuration() {
        return directory.resolve("mosquitto.conf");
    }

    void prepare() {
        OwnerOnlyFile.makeDirectory(directory);
    }

    /** Whether there is state of an earlier run, and so sessions that wait for their clients. */
    boolean hasDatabase() {
        return Files.exists(directory.resolve("mosquitto.db"));
    }

    /** Whether the file on disk is what these settings ask for. */
    boolean isConfigurationCurrent() {
        try {
            return Files.readString(configuration()).equals(configurationText());
        } catch (IOException e) {
            return false; // none yet
        }
    }

    void writeConfiguration() {
        write("mosquitto.conf", configurationText());
    }

    /**
     * Writes who may connect and say what.
     *
     * @return whether that differs from what was there
     * @throws IllegalArgumentException if two accounts have one name
     */
    boolean writeAccounts(Collection<Account> accounts) {
        StringBuilder passwords = new StringBuilder();
        StringBuilder rules = new StringBuilder("# Written by Caravan at each change of accounts.\n");
        Set<String> users = new HashSet<>();
        Set<String> patterns = new TreeSet<>();
        for (Account account : accounts) {
            if (!users.add(account.user())) {
                throw new IllegalArgumentException("two accounts have the name " + account.user());
            }
            passwords
                    .append(account.user())
                    .append(':')
                    .append(account.password().text())
                    .append('\n');
            rules.append("\nuser ").append(account.user()).append('\n');
            for (TopicFilter filter : account.rules().publish()) {
                rules.append("topic write ").append(filter).append('\n');
            }
            for (TopicFilter filter : account.rules().subscribe()) {
                rules.append("topic read ").append(filter).append('\n');
                pattern(account.user(), filter.toString()).ifPresent(patterns::add);
            }
        }
        rules.append('\n');
        for (String pattern : patterns) {
            rules.append("pattern read ").append(pattern).append('\n');
        }
        boolean others = write("passwd", passwords.toString());
        return write("acl", rules.toString()) || others;
    }

    /**
     * The same rule once more for whoever has the name that is in the topic. Mosquitto 2.0 takes the rules above from a
     * session that waits for its device since before a restart, as soon as the files are read again, and then drops what
     * is sent to it; patterns still hold.
     */
    private static Optional<String> pattern(String user, String filter) {
        String pattern = Arrays.stream(filter.split("/", -1))
                .map(level -> level.equals(user) ? "%u" : level)
                .collect(Collectors.joining("/"));
        return pattern.equals(filter) ? Optional.empty() : Optional.of(pattern);
    }

    void writePid(long pid) {
        write("mosquitto.pid", pid + "\n");
    }

    /** The process that was written down last; it may be gone. */
    Optional<Long> pid() {
        try {
            return Optional.of(Long.parseLong(
                    Files.readString(directory.resolve("mosquitto.pid")).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Moves the saved state aside, so that Mosquitto can start without it; empty if there is none. */
    Optional<Path> setDatabaseAside(Instant now) {
        Path database = directory.resolve("mosquitto.db");
        if (!Files.exists(database)) {
            return Optional.empty();
        }
        Path aside = directory.resolve(
                "mosquitto.db.damaged-" + now.toString().replace(":", "").replaceAll("\\.\\d+", ""));
        try {
            return Optional.of(Files.move(database, aside, StandardCopyOption.REPLACE_EXISTING));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot move " + database + " aside", e);
        }
    }

    private String configurationText() {
        return """
                # Written by Caravan at each start. docs/reference/broker.md says why each line is here.
                %slistener %d %s
                allow_anonymous false
                password_file %s
                acl_file %s
                persistence true
                persistence_location %s/
                autosave_interval 300
                persistent_client_expiration %dd
                max_queued_messages 20000
                max_queued_bytes 33554432
                max_packet_size %d
                max_keepalive 300
                max_connections 1000
                set_tcp_nodelay true
                sys_interval 10
                log_dest stdout
                log_timestamp false
                log_type error
                log_type warning
                log_type notice
                %s""".formatted(
                        // As root, Mosquitto would change to a user that cannot read these files.
                        "root".equals(System.getProperty("user.name")) ? "user root\n" : "",
                        settings.port(),
                        settings.bindAddress(),
                        directory.resolve("passwd"),
                        directory.resolve("acl"),
                        directory,
                        BrokerSettings.SESSION_DAYS,
                        BrokerSettings.MAX_PACKET_BYTES,
                        settings.encrypted().map(this::encryptedText).orElse(""));
    }

    private String encryptedText(BrokerSettings.Encrypted way) {
        return """
                listener %d %s
                certfile %s
                keyfile %s
                tls_version tlsv1.2
                """.formatted(way.port(), settings.bindAddress(), way.certificate(), way.key());
    }

    private boolean write(String name, String text) {
        return OwnerOnlyFile.write(directory.resolve(name), text);
    }
}
