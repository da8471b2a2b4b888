package org.caravanhub.flow.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.caravanhub.flow.history.FlowVersion.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of a flow file, and what is not. */
class FlowHistoryTest {
    private static final String PATH = "alert/frost.camel.yaml";
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path flows;

    private FlowHistory history;

    @BeforeEach
    void begin() {
        history = new FlowHistory(flows);
    }

    @Test
    void aVersionComesBackByteForByteWithWhoAndWhy() throws IOException {
        record("one\n\ntwo\r\n", Result.APPLIED);
        history.record(
                PATH, bytes("three"), Result.REJECTED, NOON, "file juho", List.of("a:9:1: error: first\nsecond line"));

        assertThat(history.paths()).containsExactly(PATH);
        assertThat(history.of(PATH)).extracting(FlowVersion::number).containsExactly(2L, 1L);
        FlowVersion rejected = history.of(PATH).get(0);
        assertThat(rejected.who()).isEqualTo("file juho");
        assertThat(rejected.at()).isEqualTo(NOON);
        assertThat(rejected.mistakes()).containsExactly("a:9:1: error: first second line");
        assertThat(history.lastGood(PATH).orElseThrow().bytes()).isEqualTo(bytes("one\n\ntwo\r\n"));
    }

    @Test
    void fiftyVersionsAreKeptAndTheOneThatRanLastAmongThem() throws IOException {
        record("good", Result.APPLIED);
        for (int i = 0; i < 60; i++) {
            record("bad " + i, Result.REJECTED);
        }

        assertThat(history.of(PATH)).hasSizeBetween(50, 51);
        assertThat(history.of(PATH).get(0).number()).isEqualTo(61);
        assertThat(history.lastGood(PATH).orElseThrow().bytes()).isEqualTo(bytes("good"));
    }

    @Test
    void aDamagedVersionIsAsIfItWereNotThere() throws IOException {
        record("first", Result.APPLIED);
        record("second", Result.APPLIED);
        Path newest;
        try (var files = Files.list(flows.resolve("history").resolve(PATH))) {
            newest = files.sorted().toList().get(1);
        }
        Files.writeString(newest, Files.readString(newest).replace("second", "sec"));
        Files.writeString(newest.resolveSibling("000003-applied-0123456789abcdef.version"), "");
        Files.writeString(newest.resolveSibling("junk"), "junk");

        assertThat(history.of(PATH)).extracting(FlowVersion::number).containsExactly(1L);
        assertThat(history.lastGood(PATH).orElseThrow().bytes()).isEqualTo(bytes("first"));
        assertThat(record("fourth", Result.APPLIED).number()).isEqualTo(4);
    }

    @Test
    void afterARemovalNothingRan() throws IOException {
        record("first", Result.APPLIED);
        record("first", Result.REMOVED);

        assertThat(history.lastGood(PATH)).isEmpty();
        assertThat(history.lastGoodId(PATH)).isEmpty();
        assertThat(history.find(PATH, 2).orElseThrow().bytes()).isEqualTo(bytes("first"));
    }

    @Test
    void aFileThatIsWrittenAnewKeepsItsRights() throws IOException {
        Path file = Files.writeString(flows.resolve("a"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        WholeFile.write(file, bytes("new"));

        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (var files = Files.list(flows)) {
            assertThat(files).containsExactly(file);
        }
    }

    private FlowVersion record(String text, Result result) throws IOException {
        return history.record(PATH, bytes(text), result, NOON, "admin", List.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
