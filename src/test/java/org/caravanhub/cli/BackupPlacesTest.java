package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.caravanhub.backup.TestSshd;
import org.caravanhub.store.SqliteDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner types so that backups are in two places, and what is on the page that he prints. */
class BackupPlacesTest {
    @TempDir
    Path home;

    @Test
    void aMachineFarAwayIsIntroducedAndHasTheBackup() throws Exception {
        try (TestSshd server = new TestSshd(home.resolve("sshd"));
                Hub hub = hub()) {
            hub.environment.put("CARAVAN_BACKUP_SECOND", server.address(home.resolve("far")));

            assertThat(hub.run("backup", "key", "--sftp")).isZero();
            assertThat(hub.out()).startsWith("restrict,command=\"internal-sftp\" ssh-ed25519 ");
            assertThat(hub.err()).contains("authorized_keys", "backup trust");
            server.authorize(hub.out().strip());

            assertThat(hub.run("backup", "trust")).isEqualTo(ExitCode.FAILED);
            String fingerprint = hub.err().replaceAll("(?s).*(SHA256:[^\\s.,]+).*", "$1");
            assertThat(hub.run("backup", "trust", "--fingerprint", "SHA256:other"))
                    .isEqualTo(ExitCode.CONFLICT);
            assertThat(hub.run("backup", "trust", "--fingerprint", fingerprint)).isZero();

            assertThat(hub.run("backup", "now", "--quiet")).isZero();
            assertThat(hub.err()).contains("Copied to sftp://");
            assertThat(hub.run("backup", "list", "--place", "second")).isZero();
            assertThat(hub.out()).contains("manual.tar.gz");
            assertThat(hub.run("backup", "verify", "--place", "second")).isZero();
            assertThat(hub.out()).contains("is whole");
        }
    }

    @Test
    void aPasswordInTheAddressIsRefusedAndNotShown() throws Exception {
        try (Hub hub = hub()) {
            hub.environment.put("CARAVAN_BACKUP_SECOND", "sftp://van:s3cret@nas/backups");

            assertThat(hub.run("backup", "list")).isNotZero();

            assertThat(hub.err()).contains("without a password").doesNotContain("s3cret");
        }
    }

    /** Typed in another folder than the hub was started in, say. */
    @Test
    void oneWithoutFlowsIsNotMade() throws Exception {
        try (Hub hub = hub()) {
            hub.environment.put("CARAVAN_ROUTES", home.resolve("nowhere").toString());

            assertThat(hub.run("backup", "now", "--quiet")).isEqualTo(ExitCode.INVALID);

            assertThat(hub.err()).contains("nowhere is not there", "caravan.routes");
        }
    }

    @Test
    void oneIsExportedToAFolderAndReadThere() throws Exception {
        try (Hub hub = hub()) {
            assertThat(hub.run("backup", "export", "--to", home.resolve("usb").toString()))
                    .isEqualTo(ExitCode.NOT_FOUND);
            hub.run("backup", "now", "--quiet");

            assertThat(hub.run("backup", "export", "--to", home.resolve("usb").toString()))
                    .isZero();

            assertThat(Path.of(hub.out().strip())).exists().hasParentRaw(home.resolve("usb"));
            try (Stream<Path> files = Files.list(home.resolve("usb"))) {
                assertThat(files).hasSize(2);
            }
            assertThat(hub.err()).contains("the disk that it was on already");
            assertThat(hub.run("backup", "sheet")).isZero();
            assertThat(hub.out()).containsPattern("cd caravan-[\\s\\S]*backup restore \\.\\./caravan-2");
        }
    }

    @Test
    void inAFolderThatWasNamedByMistakeNothingIsMade() throws Exception {
        Path other = home.resolve("dtaa");
        Path full = Files.createDirectories(home.resolve("letters"));
        Files.createFile(full.resolve("to-mother.txt"));
        try (Hub hub = hub()) {
            assertThat(hub.run("backup", "now", "--data", other.toString())).isEqualTo(ExitCode.FAILED);
            assertThat(hub.err()).contains("there is no database in " + other);
            assertThat(hub.run("backup", "list", "--data", other.toString())).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(hub.err()).contains("no data folder " + other, "--data DIR");
            hub.run("backup", "now", "--data", full.toString());

            assertThat(other).doesNotExist();
            assertThat(full.resolve("backups")).doesNotExist();
        }
    }

    @Test
    void aWrongRecoveryKeyIsNoWordAgainstTheBackup() throws Exception {
        try (Hub hub = hub()) {
            hub.run("backup", "key");
            String recipient = hub.out().lines().findFirst().orElseThrow().replaceFirst("^.* = ", "");
            Path right = Files.writeString(home.resolve("right"), hub.out());
            hub.run("backup", "key");
            Path wrong = Files.writeString(home.resolve("wrong"), hub.out());
            Files.writeString(right, Files.readString(right).replaceFirst("(?s).*(AGE-SECRET)", "$1"));
            Files.writeString(wrong, Files.readString(wrong).replaceFirst("(?s).*(AGE-SECRET)", "$1"));
            hub.environment.put("CARAVAN_BACKUP_RECIPIENT", recipient);
            hub.run("backup", "now", "--quiet");

            assertThat(hub.run("backup", "drill", "--key-file", wrong.toString()))
                    .isEqualTo(ExitCode.INVALID);
            assertThat(hub.err()).contains("was not tried", "this recovery key");
            assertThat(home.resolve("data/health/drill.json")).doesNotExist();
            assertThat(hub.run(
                            "backup",
                            "drill",
                            "--key-file",
                            home.resolve("nowhere").toString()))
                    .isEqualTo(ExitCode.NOT_FOUND);
            assertThat(hub.err()).contains("cannot be read", "AGE-SECRET-KEY-");
            assertThat(hub.run("backup", "drill", "--key-file", right.toString()))
                    .isZero();
        }
    }

    @Test
    void theCommandsOnTheSheetBringEverythingBack() throws Exception {
        Path usb = Files.createDirectories(home.resolve("usb"));
        Files.createFile(usb.resolve("caravan-backups"));
        try (Hub hub = hub()) {
            hub.environment.put("CARAVAN_BACKUP_SECOND", usb.toString());
            hub.run("backup", "now", "--quiet");

            assertThat(hub.run("backup", "sheet")).isZero();

            assertThat(hub.out())
                    .contains("Second place   " + " " + usb, "its SHA-256", "SSH: user and password", "bin/caravan up");
            String restore = hub.out()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.contains(" backup restore "))
                    .findFirst()
                    .orElseThrow();
            // The machine is a new one: its data folder is empty, and the stick is in it.
            Path empty = home.resolve("new-machine");
            assertThat(shell(restore.replace(home.resolve("data").toString(), empty.toString())))
                    .contains("Restored as of");
            assertThat(empty.resolve("admin.token")).hasContent(Hub.TOKEN);
            assertThat(empty.resolve("caravan.db")).exists();

            assertThat(hub.run(
                            "backup",
                            "sheet",
                            "--html",
                            "-o",
                            home.resolve("sheet.html").toString()))
                    .isZero();
            assertThat(home.resolve("sheet.html"))
                    .content()
                    .contains("size: A4", "&quot;$(ls ")
                    .doesNotContain("<script", "http", Hub.TOKEN);
        }
    }

    @Test
    void theRecoveryKeyIsShownAsAPictureToo() throws Exception {
        try (Hub hub = hub()) {
            hub.terminal = true;

            assertThat(hub.run("backup", "key")).isZero();

            assertThat(hub.out().lines().filter(line -> line.matches("[#  █▀▄]{20,}")))
                    .hasSizeGreaterThan(15);
            hub.terminal = false;
            hub.run("backup", "key");
            assertThat(hub.out().lines()).hasSize(2);
        }
    }

    private Hub hub() throws Exception {
        Hub hub = new Hub(home);
        Files.createDirectories(home.resolve("routes"));
        SqliteDatabase.open(home.resolve("data/caravan.db")).close();
        return hub;
    }

    /** Types it, in an unpacked package. */
    private String shell(String command) throws IOException, InterruptedException {
        Path program = Files.createDirectories(home.resolve("package/bin")).resolve("caravan");
        Files.writeString(
                program,
                "#!/bin/sh\nexec " + ProcessHandle.current().info().command().orElseThrow() + " -cp '"
                        + System.getProperty("java.class.path") + "' org.caravanhub.cli.Main \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Process process = new ProcessBuilder(List.of("sh", "-ec", command))
                .directory(home.resolve("package").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
