package org.caravanhub.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root mends in a folder of the hub's user, who may lay links there. */
class RepairTest {
    private static final int HUB = 4711;
    private static final int ROOT = 0;

    @TempDir
    Path folder;

    private Path data;
    private Path precious;

    @BeforeEach
    void fill() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
        data = Files.createDirectories(folder.resolve("data"));
        Files.createDirectory(data.resolve("x"));
        Files.createFile(data.resolve("x/shadow"));
        Files.setAttribute(data, "unix:uid", HUB);
        Files.setAttribute(Files.createFile(data.resolve("admin.token")), "unix:uid", HUB);
        precious = Files.createFile(Files.createDirectory(folder.resolve("etc")).resolve("shadow"));
    }

    @Test
    void aFolderThatBecomesALinkWhileSomebodyIsAskedIsRefused() throws Exception {
        Repair repair = Repair.of(data).get(0);
        assertThat(repair.what()).contains("give 2 files", "x/shadow");
        Files.delete(data.resolve("x/shadow"));
        Files.delete(data.resolve("x"));
        Files.createSymbolicLink(data.resolve("x"), precious.getParent());

        assertThatThrownBy(() -> repair.work().run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a link");

        assertThat(Files.getAttribute(precious, "unix:uid")).isEqualTo(ROOT);
    }

    @Test
    void aLogThatIsALinkIsNotGivenAway() throws Exception {
        Path database = Files.createFile(data.resolve("caravan.db"));
        Files.setAttribute(database, "unix:uid", HUB);
        Files.createSymbolicLink(data.resolve("caravan.db-wal"), precious);

        DatabaseLook.ofFile(data);

        assertThat(Files.getAttribute(precious, "unix:uid")).isEqualTo(ROOT);
    }
}
