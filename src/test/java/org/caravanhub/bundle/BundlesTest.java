package org.caravanhub.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundlesTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final List<Member> SOME = List.of(Member.of("a.txt", "a text", "hello\n"));

    @TempDir
    Path data;

    @Test
    void itIsItsOwnersAloneAndTheLastThreeAreKept() throws IOException {
        for (int i = 0; i < 5; i++) {
            Path file = new Bundles(data).write(Bundles.name("hut", NOON.plusSeconds(i)), SOME, NOON);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        try (Stream<Path> files = Files.list(data.resolve("bundles"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(3)
                    .contains("caravan-bundle-hut-20260601T120004Z.tar.gz");
        }
    }

    /** Somebody may have known what its name would be. */
    @Test
    void nothingIsWrittenThroughALinkOrOverAFile() throws IOException {
        Path victim = Files.writeString(data.resolve("victim"), "mine");
        Path link = Files.createSymbolicLink(data.resolve("link.tar.gz"), victim);
        Path dangling = Files.createSymbolicLink(data.resolve("dangling.tar.gz"), data.resolve("nowhere"));

        assertThatThrownBy(() -> BundleFile.write(link, "x", SOME, NOON))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> BundleFile.write(dangling, "x", SOME, NOON))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> BundleFile.write(victim, "x", SOME, NOON))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(victim).hasContent("mine");
        assertThat(data.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aFolderThatIsALinkIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(data.resolve("elsewhere"));
        Files.createSymbolicLink(data.resolve("bundles"), elsewhere);

        assertThatThrownBy(() -> new Bundles(data).write("x", SOME, NOON)).hasMessageContaining("it is no folder");
        assertThat(elsewhere).isEmptyDirectory();
    }

    /** A part that fails is there with the reason; one that is no text is left out. */
    @Test
    void nothingIsMissingInSilence() {
        List<Member> members = new Contents(text -> text.replace("secret", "***"))
                .of(List.of(
                        new Part("bad.txt", "fails", () -> {
                            throw new IOException("the secret disk is away");
                        }),
                        new Part("binary.txt", "no text", () -> "a\0b"),
                        new Part("long.txt", "too long", () -> "old\n" + "new line\n".repeat(600_000))));

        assertThat(text(members, "bad.txt")).isEqualTo("Not to be had: the *** disk is away\n");
        assertThat(text(members, "binary.txt")).isEqualTo("Left out: it is no text.\n");
        assertThat(text(members, "long.txt"))
                .startsWith("(what was before is cut off)\nnew line\n")
                .doesNotContain("old");
        assertThat(text(members, "contents.txt")).contains("bad.txt  fails", "long.txt  too long");
    }

    /** What is new in the data folder is listed, and never read. */
    @Test
    void ofTheDataFolderOnlyNamesGoIn() throws IOException {
        Files.writeString(data.resolve("brand-new-file"), "Zcontent");
        Files.createDirectories(data.resolve("health"));
        Files.writeString(data.resolve("health/last_ok"), "it was well");
        Files.writeString(data.resolve("health/other"), "Zcontent");

        List<Member> members = new Contents(text -> text).of(new HubFiles(data, data.resolve("routes")).parts());

        assertThat(text(members, "data-folder.txt")).contains("brand-new-file", "health/other");
        assertThat(text(members, "health/last_ok")).isEqualTo("it was well");
        assertThat(members).noneMatch(member -> new String(member.bytes(), java.nio.charset.StandardCharsets.UTF_8)
                .contains("Zcontent"));
    }

    @Test
    void whatAHubHasSentIsReadAgainWithItsWords() throws IOException {
        List<Member> members =
                new Contents(text -> text).of(List.of(new Part("hub/a.txt", "a text of it", () -> "hello")));

        List<Member> read =
                BundleFile.read(new java.io.ByteArrayInputStream(BundleFile.bytes("folder", members, NOON)));

        assertThat(read).extracting(Member::name).containsExactly("README.txt", "contents.txt", "hub/a.txt");
        assertThat(read.get(2).what()).isEqualTo("a text of it");
    }

    @Test
    void unitsLoseTheirEnvironment() {
        assertThat(Machine.withoutEnvironment(
                        "[Service]\nEnvironment=A=b \\\n  C=d\nSetCredential=a:b\nUser=caravan\n"))
                .isEqualTo("[Service]\nEnvironment=(left out)\nSetCredential=(left out)\nUser=caravan\n");
    }

    /** Two bundles of one hub can be compared, and nobody can try out names. */
    @Test
    void namesAreReplacedTheSameWayEachTime() {
        List<String> devices = List.of("hut", "hut-2", "van");
        String text = "caravan/hut/telemetry hut-2 shut van. myhost";
        String first = new Pseudonyms("key", devices, "myhost").apply(text);

        assertThat(first).doesNotContain("/hut/", "hut-2", "van.", "myhost").contains("caravan/device-", " shut ");
        assertThat(new Pseudonyms("key", devices, "myhost").apply(text)).isEqualTo(first);
        assertThat(new Pseudonyms("other", devices, "myhost").apply(text)).isNotEqualTo(first);
    }

    private static String text(List<Member> members, String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .map(member -> new String(member.bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }
}
