package org.caravanhub.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.caravanhub.store.SqliteCopies;
import org.caravanhub.store.SqliteDatabase;

/** A hub's folders with something in each, and what backs them up. */
final class BackedUp {
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    final Path data;
    /** The folder of flows; in it is {@code reading}. */
    final Path routes;

    final Path config;

    BackedUp(Path folder) throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        routes = Files.createDirectories(folder.resolve("routes"));
        config = folder.resolve("caravan.properties");
        SqliteDatabase.open(data.resolve("caravan.db")).close();
        write(data.resolve("admin.token"), "caravan_secret\n");
        write(data.resolve("firmware/ab12"), "image ".repeat(4000));
        write(data.resolve("tls/ca.key"), "key");
        write(data.resolve("cache/classes"), "made again");
        write(data.resolve("upload.part"), "half");
        write(routes.resolve("reading/van.camel.yaml"), "- route:\n    id: van\n");
        write(config, "caravan.http.port = 8080\n");
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** So many alerts more; as good as readings for a count, and one statement each. */
    void addRows(int rows) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("caravan.db"));
                var statement = connection.createStatement()) {
            statement.execute("create table if not exists note (text text)");
            statement.execute("begin");
            for (int i = 0; i < rows; i++) {
                statement.execute("insert into note values ('note " + i + "')");
            }
            statement.execute("commit");
        }
    }

    Shelf shelf() {
        return new Shelf(data.resolve("backups"));
    }

    Backups backups() {
        return backups(Optional.empty(), NOON);
    }

    Backups backups(Optional<String> recipient, Instant now) {
        return new Backups(
                new Backups.Settings(shelf(), new Sources(data, routes, List.of(config)), recipient, "hut", "0.1.0"),
                copies(),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    DatabaseCopies copies() {
        return new SqliteCopies(data);
    }

    Verification verification() {
        return new Verification(copies());
    }

    Path room() {
        return data.resolve("restore");
    }
}
