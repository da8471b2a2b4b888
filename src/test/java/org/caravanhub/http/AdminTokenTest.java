package org.caravanhub.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminTokenTest {
    @TempDir
    Path folder;

    @Test
    void isMadeOnceAndForItsOwnerOnly() throws Exception {
        AdminToken made = AdminToken.in(folder);
        AdminToken found = AdminToken.in(folder);

        assertThat(made.isFresh()).isTrue();
        assertThat(found.isFresh()).isFalse();
        assertThat(found.text()).isEqualTo(made.text()).matches("caravan_[A-Za-z0-9_-]{43}");
        assertThat(Files.readString(folder.resolve("admin.token"))).isEqualTo(made.text() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("admin.token"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing half-made is left").hasSize(1);
        }
        assertThat(made.matches(made.text())).isTrue();
        assertThat(made.matches(made.text() + "x")).isFalse();
        assertThat(made.toString()).doesNotContain(made.text());
    }

    @Test
    void aTokenThatWasOpenToOthersIsClosed() throws Exception {
        Path file = folder.resolve("admin.token");
        Files.writeString(file, "my-own-token-that-is-long-enough\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(AdminToken.in(folder).matches("my-own-token-that-is-long-enough"))
                .isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void anEmptyFileIsNoTokenThatEverybodyKnows() throws Exception {
        Files.writeString(folder.resolve("admin.token"), "\n");

        assertThatThrownBy(() -> AdminToken.in(folder)).hasMessageContaining("Delete the file and start again");
    }
}
