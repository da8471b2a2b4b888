package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.caravanhub.ota.image.EspImages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Firmware comes over HTTP, and is there whole or not at all. */
final class FirmwareUploadTest {
    @TempDir
    static Path folder;

    private static TestHub hub;
    private static int count;

    /** Each story has a model and images of its own. */
    private final String model = "van-" + count++;

    private final byte[] image = EspImages.app(EspImages.ESP32_C3, model, "1.4.0");
    private final byte[] other = EspImages.app(EspImages.ESP32_C3, model, "1.5.0");
    private final Set<String> before = new HashSet<>();

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    @BeforeEach
    void look() throws IOException {
        before.addAll(all());
    }

    @Test
    void anImageIsPublishedUnderItsDigestAndNotUnderItsName() throws Exception {
        HttpResponse<String> answer = put(model + "/1.4.0?notes=Sleeps%20better.&min_version=1.0.0", image);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode release = json(answer);
        String sha256 = HexFormat.of().formatHex(EspImages.sha256(image));
        assertThat(release.path("sha256").asText()).isEqualTo(sha256);
        assertThat(release.path("size").asInt()).isEqualTo(image.length);
        assertThat(release.path("notes").asText()).isEqualTo("Sleeps better.");
        assertThat(release.path("min_version").asText()).isEqualTo("1.0.0");
        assertThat(release.path("version_from").asText()).isEqualTo("request");
        assertThat(release.path("download_url").asText()).matches("/ota/f/[0-9a-f]{32}\\.bin");
        assertThat(names()).containsExactly(sha256 + ".bin");
        assertThat(folder.resolve("firmware").resolve(sha256 + ".bin")).hasBinaryContent(image);
        assertThat(Files.getPosixFilePermissions(folder.resolve("firmware").resolve(sha256 + ".bin")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(hub.get("/api/v1/audit?subject=firmware/" + model + "/1.4.0").body())
                .contains("\"action\":\"upload-firmware\"", "\"who\":\"admin\"");
    }

    @Test
    void theSameAgainIsHarmlessAndMendsALostFile() throws Exception {
        JsonNode first = json(put(model + "/1.4.0", image));
        Path file = folder.resolve("firmware").resolve(names().get(0));
        Files.delete(file);
        assertThat(hub.library.library().missing()).hasSize(1);

        HttpResponse<String> again = put(model + "/1.4.0", image);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).path("download_url")).isEqualTo(first.path("download_url"));
        assertThat(json(again).path("is_new").asBoolean()).isFalse();
        assertThat(file).hasBinaryContent(image);
        assertThat(hub.library.library().missing()).isEmpty();
    }

    @Test
    void whatIsPublishedIsNotReplaced() throws Exception {
        put(model + "/1.4.0", image);
        Path file = folder.resolve("firmware").resolve(names().get(0));
        Object before = Files.readAttributes(file, "unix:ino,lastModifiedTime");

        HttpResponse<String> answer = put(model + "/1.4.0", other);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("\"code\":\"conflict\"", "under a new version");
        assertThat(names()).hasSize(1);
        assertThat(Files.readAttributes(file, "unix:ino,lastModifiedTime")).isEqualTo(before);
    }

    @Test
    void ofTwoAtTheSameTimeOneWins() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(hub.client.sendAsync(
                    request(model + "/1.4.0", i % 2 == 0 ? image : other).build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        List<Integer> codes = answers.stream()
                .map(answer -> answer.join().statusCode())
                .sorted()
                .toList();

        assertThat(codes).containsExactly(200, 200, 200, 201, 409, 409, 409, 409);
        assertThat(names()).hasSize(1);
    }

    @Test
    void twoReleasesShareAFileUntilTheLastOfThemGoes() throws Exception {
        put(model + "/1.4.0", image);
        put("hut/1.4.0", image);
        assertThat(names()).hasSize(1);

        assertThat(delete(model + "/1.4.0").statusCode()).isEqualTo(422);
        assertThat(delete(model + "/1.4.0?confirm=1.4.0").statusCode()).isEqualTo(200);
        assertThat(names()).hasSize(1);
        assertThat(delete("hut/1.4.0?confirm=1.4.0").statusCode()).isEqualTo(200);
        assertThat(names()).isEmpty();
        assertThat(hub.get("/api/v1/firmware/hut/1.4.0").statusCode()).isEqualTo(404);
    }

    @Test
    void aReleaseThatARolloutGivesStays() throws Exception {
        put(model + "/1.4.0", image);
        hub.writer.lend(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(
                        "insert into rollout (name, model, version, audience, plan, percent, ring, state, reason, created_at,"
                                + " created_by, changed_at, forgiven_failed, forgiven_ended) values ('spring', '"
                                + model
                                + "', '1.4.0', '{}', '{}', 10, 0, 'running', '', 1,"
                                + " 'admin', 1, 0, 0)");
            }
        });

        HttpResponse<String> answer = delete(model + "/1.4.0?confirm=1.4.0");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("not_now", "spring");
        assertThat(names()).hasSize(1);
    }

    @Test
    void aFormMayLeaveTheVersionToTheImage() throws Exception {
        HttpResponse<String> answer = form(
                "/api/v1/firmware",
                field("model", model) + field("notes", "two\r\nlines"),
                file("file", "../../../etc/passwd", image));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(json(answer).path("version").asText()).isEqualTo("1.4.0");
        assertThat(json(answer).path("version_from").asText()).isEqualTo("image");
        assertThat(json(answer).path("notes").asText()).isEqualTo("two\nlines");
        assertThat(folder.resolve("firmware").resolve(names().get(0))).hasBinaryContent(image);
    }

    @Test
    void pakusToolsUploadAsEver() throws Exception {
        for (String base : List.of("", "/ota")) {
            String version = "a1b2c3d-20251208-15304" + base.length();
            HttpResponse<String> answer = hub.send(formRequest(
                            hub.to(base + "/api/admin/firmware/upload?version=" + version + "&device_model=" + model
                                    + "&release_notes=Hei&is_signed=true&created_by=ci"),
                            "",
                            file("file", "firmware.bin", image))
                    .header("X-API-Key", TestHub.API_KEY));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(json(answer).path("status").asText()).isEqualTo("ok");
            assertThat(json(answer).path("version").asText()).isEqualTo(version);
            assertThat(json(answer).path("file_size").asInt()).isEqualTo(image.length);
            assertThat(json(answer).path("checksum_sha256").asText())
                    .isEqualTo(HexFormat.of().formatHex(EspImages.sha256(image)));
            assertThat(json(answer).path("is_signed").asBoolean())
                    .as("a claim is no signature")
                    .isFalse();

            JsonNode releases = json(hub.send(hub.to(base + "/api/admin/firmware/releases?device_model=" + model)
                            .header("X-API-Key", TestHub.API_KEY)))
                    .path("releases");
            assertThat(releases.path(0).path("version").asText()).isEqualTo(version);
            assertThat(releases.path(0).path("release_notes").asText()).isEqualTo("Hei");
            assertThat(releases.path(0).path("created_at").asText()).endsWith("Z");
        }
        assertThat(hub.send(hub.to("/api/admin/firmware/releases")).body()).contains("\"detail\":\"Invalid API key\"");
    }

    @Test
    void notesAreEditedByWhoeverHasSeenThem() throws Exception {
        String edition = json(put(model + "/1.4.0", image)).path("edition").asText();

        assertThat(patch("{\"notes\":\"a\"}", "").statusCode()).isEqualTo(428);
        assertThat(patch("{\"notes\":\"a\"}", "\"other\"").statusCode()).isEqualTo(412);
        assertThat(patch("{\"note\":\"a\"}", "*").body()).contains("did you mean notes?");
        assertThat(patch("{\"min_version\":\"../x\"}", "*").statusCode()).isEqualTo(400);
        HttpResponse<String> edited = patch("{\"notes\":\"a\",\"min_version\":\"1.2.0\"}", "\"" + edition + "\"");

        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
        assertThat(json(edited).path("min_version").asText()).isEqualTo("1.2.0");
        assertThat(json(edited).path("edition").asText()).isNotEqualTo(edition);
        assertThat(hub.get("/api/v1/audit?subject=firmware/" + model + "/1.4.0").body())
                .contains("edit-firmware", "notes", "min_version");
    }

    @Test
    void pagesGoOnWhereTheyEnded() throws Exception {
        for (int i = 0; i < 5; i++) {
            put(model + "/1." + i, image);
            put(model + "-other/1." + i, image);
        }
        JsonNode page = json(hub.get("/api/v1/firmware?limit=3&model=" + model));
        assertThat(page.path("items").findValuesAsText("version")).containsExactly("1.4", "1.3", "1.2");
        assertThat(json(hub.get("/api/v1/firmware?limit=3&model=" + model + "&cursor="
                                + page.path("next_cursor").asText()))
                        .path("items")
                        .findValuesAsText("version"))
                .containsExactly("1.1", "1.0");
        assertThat(json(hub.get("/api/v1/firmware?limit=2")).path("items").findValuesAsText("model"))
                .containsExactly(model + "-other", model);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2e%2e/1.0",
                "van/%2e%2e",
                "van/..",
                "van/1..0",
                "van/.hidden",
                "van/-rf",
                "van%00/1.0",
                "van/1.0%0d%0aX-Evil:%201",
                "van%2F..%2F..%2Fetc/1.0",
                "van/%252e%252e",
                "van/..%5c..%5cwindows",
                "C:%5C/1.0",
                "van/%c0%ae%c0%ae",
                "van/a%20b",
                "....//1.0",
                "van/~root",
                "van/\u002a",
                "CON:/1.0"
            })
    void aNameThatCannotBeIsRefused(String path) throws Exception {
        String answer = hub.raw("PUT /api/v1/firmware/" + path + " HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer "
                + hub.token.text() + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 4\r\n\r\nabcd");
        assertThat(answer).matches("(?s)HTTP/1.1 40[0-5] .*");
        assertThat(answer).doesNotContain("X-Evil: 1");
        assertThat(names()).isEmpty();
    }

    @Test
    void aNameMayHaveAPlusHoweverItIsWritten() throws Exception {
        assertThat(put(model + "/1.0.0+5", image).statusCode()).isEqualTo(201);
        assertThat(put(model + "/1.0.0%2B5", image).statusCode()).isEqualTo(200);
        assertThat(hub.get("/api/v1/firmware/" + model + "/1.0.0%2b5").statusCode())
                .isEqualTo(200);
        assertThat(put(model + "/" + "1".repeat(64), image).statusCode()).isEqualTo(201);
        assertThat(put(model + "/" + "1".repeat(65), image).statusCode()).isEqualTo(400);
    }

    @Test
    void theClientsNameOfTheFileIsUsedForNothing() throws Exception {
        int i = 0;
        for (String name : List.of(
                "../../evil.bin",
                "..\\..\\evil.bin",
                "C:\\evil.bin",
                "/etc/passwd",
                "a\0b",
                "x".repeat(300),
                "%2e%2e%2fevil",
                "CON")) {
            HttpResponse<String> answer =
                    form("/api/v1/firmware?model=" + model + "&version=1." + i++, "", file("file", name, image));
            assertThat(answer.statusCode()).as(name).isIn(201, 400);
        }
        assertThat(names()).hasSize(1);
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.map(file -> String.valueOf(file.getFileName()))).noneMatch(name -> name.contains("evil"));
        }
    }

    @Test
    void aFormThatIsNoneIsRefusedAndLeavesNothing() throws Exception {
        String path = "/api/v1/firmware?model=" + model + "&version=1.0";
        assertThat(form(path, "", new byte[0]).body()).contains("there is no part `file`");
        assertThat(form(path, field("file", "text"), new byte[0]).body()).contains("is a text and not a file");
        assertThat(form(path, field("colour", "red"), file("file", "a", image)).body())
                .contains("no field \\\"colour\\\"");
        assertThat(form(path, field("version", "2.0"), file("file", "a", image)).body())
                .contains("is there twice");
        assertThat(form(path, "", EspImages.joined(file("file", "a", image), file("file", "b", image)))
                        .body())
                .contains("two parts");
        assertThat(form(path, "", file("other", "a", image)).statusCode()).isEqualTo(400);
        assertThat(form(path, field("x", "y").repeat(10_000), file("file", "a", image))
                        .statusCode())
                .isEqualTo(400);
        assertThat(form(path, field("notes", "n".repeat(100_000)), file("file", "a", image))
                        .statusCode())
                .isEqualTo(413);
        assertThat(form(
                                path,
                                "--line\r\nContent-Disposition: form-data; name=\"notes\"\r\nX-Long: "
                                        + "h".repeat(50_000) + "\r\n\r\nx\r\n",
                                file("file", "a", image))
                        .statusCode())
                .isEqualTo(400);
        assertThat(form("/api/v1/firmware?model=" + model, field("model", "hut"), file("file", "a", image))
                        .statusCode())
                .isEqualTo(400);
        assertThat(form("/api/v1/firmware", "", file("file", "a", image)).body())
                .contains("model is missing");
        HttpResponse<String> unbounded = hub.send(hub.asked(path)
                .header("Content-Type", "multipart/form-data")
                .POST(HttpRequest.BodyPublishers.ofByteArray(image)));
        assertThat(unbounded.statusCode()).isEqualTo(400);
        assertThat(names()).isEmpty();
    }

    @Test
    void nothingIsNoFirmware() throws Exception {
        assertThat(put(model + "/1.0", new byte[0]).statusCode()).isEqualTo(422);
        assertThat(put(model + "/1.0", "MZ, a program".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(422);
        assertThat(put(model + "/1.0", java.util.Arrays.copyOf(image, image.length - 100))
                        .body())
                .contains("refused_firmware");
        assertThat(names()).isEmpty();
        assertThat(hub.get("/api/v1/firmware?model=" + model).body()).contains("\"items\":[]");
    }

    @Test
    void aDeviceAndNobodyMayPublishNothing() throws Exception {
        HttpRequest.Builder nobody = hub.to("/api/v1/firmware/" + model + "/1.0")
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(image));
        assertThat(hub.send(nobody).statusCode()).isEqualTo(401);
        assertThat(hub.send(nobody.copy().header("X-API-Key", "wrong")).statusCode())
                .isEqualTo(401);
        assertThat(hub.send(nobody.copy().header("X-API-Key", TestHub.API_KEY)).statusCode())
                .isEqualTo(201);
        assertThat(hub.get("/api/v1/audit?subject=firmware/" + model + "/1.0").body())
                .contains("\"who\":\"api-key\"");
    }

    /** What is new in the folder since this story began. */
    private List<String> names() throws IOException {
        return all().stream().filter(name -> !before.contains(name)).toList();
    }

    private static List<String> all() throws IOException {
        Path images = folder.resolve("firmware");
        if (Files.notExists(images)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(images)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private HttpRequest.Builder request(String path, byte[] image) {
        return hub.asked("/api/v1/firmware/" + path)
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(image));
    }

    private HttpResponse<String> put(String path, byte[] image) throws Exception {
        return hub.send(request(path, image));
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return hub.send(hub.asked("/api/v1/firmware/" + path).DELETE());
    }

    private HttpResponse<String> patch(String json, String tag) throws Exception {
        HttpRequest.Builder request = hub.asked("/api/v1/firmware/" + model + "/1.4.0")
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json));
        return hub.send(tag.isEmpty() ? request : request.header("If-Match", tag));
    }

    private HttpResponse<String> form(String path, String fields, byte[] files) throws Exception {
        return hub.send(formRequest(hub.asked(path), fields, files));
    }

    private static HttpRequest.Builder formRequest(HttpRequest.Builder request, String fields, byte[] files) {
        return request.header("Content-Type", "multipart/form-data; boundary=line")
                .POST(HttpRequest.BodyPublishers.ofByteArray(EspImages.joined(
                        fields.getBytes(StandardCharsets.UTF_8),
                        files,
                        "--line--\r\n".getBytes(StandardCharsets.UTF_8))));
    }

    private static String field(String name, String value) {
        return "--line\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static byte[] file(String part, String name, byte[] bytes) {
        String head = "--line\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        return EspImages.joined(head.getBytes(StandardCharsets.UTF_8), bytes, "\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
