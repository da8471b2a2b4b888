package org.caravanhub.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravanhub.broker.OwnerOnlyFile;
import org.caravanhub.device.Credential;
import org.caravanhub.device.Grant;
import org.caravanhub.device.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is let in, beside a database that may be away or damaged when the hub starts: {@code DIR/broker/accounts}, 0600, hashes only. One line
 * each: user, device, hash, made, expires (or {@code -}), family, site, system, with tabs between.
 */
final class AccountsFile {
    private static final Logger LOG = LoggerFactory.getLogger(AccountsFile.class);
    private static final int PARTS = 8;

    private final Path file;

    AccountsFile(Path directory) {
        file = directory.resolve("accounts");
    }

    /** Keeps them; a failure costs only that the next start without the database knows less. */
    void write(List<Grant> grants) {
        String text = grants.stream().map(AccountsFile::line).collect(Collectors.joining());
        try {
            OwnerOnlyFile.makeDirectory(file.toAbsolutePath().getParent());
            OwnerOnlyFile.write(file, text);
        } catch (java.io.UncheckedIOException e) {
            LOG.warn("access=not-kept file={} reason=\"{}\"", file, e.getMessage());
        }
    }

    /** Whether who was let in last is known. */
    boolean isThere() {
        return Files.exists(file);
    }

    /** Who was let in last; nobody if that is not known. */
    List<Grant> read() {
        List<Grant> grants = new ArrayList<>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    grants.add(grant(line.split("\t", -1)));
                }
            }
            return grants;
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "access=unknown file={} reason=\"it cannot be read; who may connect is known when the database is there\"",
                    file);
            return List.of();
        }
    }

    private static String line(Grant grant) {
        Credential credential = grant.credential();
        Registration.Topics topics = grant.topics();
        return String.join(
                        "\t",
                        credential.user(),
                        credential.device(),
                        credential.passwordHash(),
                        Long.toString(credential.madeAt().toEpochMilli()),
                        credential
                                .expiresAt()
                                .map(at -> Long.toString(at.toEpochMilli()))
                                .orElse("-"),
                        topics.family(),
                        topics.site(),
                        topics.system())
                + "\n";
    }

    private static Grant grant(String[] parts) {
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("a line has " + PARTS + " parts");
        }
        Optional<Instant> expires =
                parts[4].equals("-") ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(parts[4])));
        return new Grant(
                new Credential(parts[0], parts[1], parts[2], Instant.ofEpochMilli(Long.parseLong(parts[3])), expires),
                new Registration.Topics(parts[5], parts[6], parts[7]));
    }
}
