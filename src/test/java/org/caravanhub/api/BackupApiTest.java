package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.backup.BackupFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups over the API: long work is a job, a name is never a path, and what is refused changes nothing. */
class BackupApiTest {
    @TempDir
    static Path folder;

    private static TestHub hub;
    private static BackupFile backup;

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(folder);
        backup = hub.backups.made("manual");
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return hub.send(hub.asked(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode job(HttpResponse<String> begun) throws Exception {
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        hub.backups.idle();
        return json(hub.get(begun.headers().firstValue("Location").orElseThrow()));
    }

    private static HttpResponse<String> upload(String name, byte[] bytes) throws Exception {
        return hub.send(hub.asked("/api/v1/backups/" + name)
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    @Test
    void aNameNeverBecomesAPath() throws Exception {
        Path outside = Files.copy(backup.path(), hub.backups.data.resolve("caravan-20260301T000000Z-outside.tar.gz"));
        Files.createSymbolicLink(backup.path().resolveSibling("caravan-20260302T000000Z-link.tar.gz"), outside);
        for (String name : new String[] {
            "..%2Fcaravan-20260301T000000Z-outside.tar.gz",
            "%2e%2e",
            "..%252fadmin.token",
            "%252e%252e%252fadmin.token",
            "admin.token",
            "caravan-20260301T000000Z-outside.tar.gz",
            "caravan-20260302T000000Z-link.tar.gz",
            backup.name() + "%00",
            backup.name() + "%00.png",
            "x".repeat(300),
            backup.name() + ".sha256",
            ".making"
        }) {
            for (String what : new String[] {"", "/download"}) {
                int status = hub.get("/api/v1/backups/" + name + what).statusCode();
                assertThat(status).as(name + what).isIn(400, 404);
            }
            assertThat(hub.send(hub.asked("/api/v1/backups/" + name).DELETE()).statusCode())
                    .as(name)
                    .isIn(400, 404);
        }
        assertThat(outside).exists();
    }

    @Test
    void aDownloadThatBrokeOffGoesOnWhereItWas() throws Exception {
        String path = "/api/v1/backups/" + backup.name() + "/download";
        byte[] all = hub.client
                .send(hub.asked(path).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
        HttpResponse<byte[]> rest = hub.client.send(
                hub.asked(path).header("Range", "bytes=1000-").build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(all).isEqualTo(Files.readAllBytes(backup.path()));
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(all, 1000, all.length));
        assertThat(rest.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).contains(backup.name()));
        String tag = rest.headers().firstValue("ETag").orElseThrow();
        assertThat(Files.readString(Path.of(backup.path() + ".sha256"))).startsWith(tag.replace("\"", ""));
        assertThat(hub.send(hub.asked(path).header("If-None-Match", tag)).statusCode())
                .isEqualTo(304);
    }

    @Test
    void theSameAskedTwiceAtOnceIsOneJob() throws Exception {
        HttpResponse<String> first = post("/api/v1/backups", "{\"label\":\"first\"}");
        HttpResponse<String> second = post("/api/v1/backups", "{\"label\":\"second\"}");
        JsonNode done = job(first);

        assertThat(done.get("state").asText()).isEqualTo("done");
        assertThat(done.get("result").get("backup").asText()).contains("-first.");
        if (second.statusCode() != 202) {
            assertThat(second.statusCode()).isEqualTo(409);
            assertThat(json(second).get("job")).isEqualTo(done.get("id"));
        }
        assertThat(post("/api/v1/backups", "{\"lable\":\"x\"}").body()).contains("did you mean label?");
        assertThat(post("/api/v1/backups", "{\"label\":\"../x\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void theNewestThatIsKnownToBeWholeStays() throws Exception {
        BackupFile good = hub.backups.made("good");
        Path newer = good.path().resolveSibling("caravan-20300101T000000Z-newer.tar.gz");
        byte[] bytes = Files.readAllBytes(good.path());
        bytes[bytes.length / 2] ^= 1;
        Files.write(newer, bytes);
        JsonNode verified = job(post("/api/v1/backups/" + newer.getFileName() + "/verify", "{}"));
        HttpResponse<String> refused =
                hub.send(hub.asked("/api/v1/backups/" + good.name()).DELETE());
        HttpResponse<String> gone =
                hub.send(hub.asked("/api/v1/backups/" + newer.getFileName()).DELETE());

        assertThat(verified.get("problem").get("code").asText()).isEqualTo("broken_backup");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(good.path()).exists();
        assertThat(gone.statusCode()).isEqualTo(200);
        assertThat(json(gone).get("trouble").asText()).isNotEmpty();
        assertThat(newer).doesNotExist();
        hub.backups.shelf.remove(good);
    }

    /** Uploads of a picture, half a backup and one with a flipped bit come to nothing; a whole one is there when its job is done. */
    @Test
    void whatIsUploadedIsThereWhenItWasReadThrough() throws Exception {
        byte[] whole = Files.readAllBytes(backup.path());
        byte[] flipped = whole.clone();
        flipped[whole.length / 3] ^= 8;
        for (byte[] wrong : new byte[][] {
            {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0}, Arrays.copyOf(whole, whole.length / 2), flipped, {}
        }) {
            String name = hub.backups.other();
            JsonNode failed = job(upload(name, wrong));
            assertThat(failed.get("problem").get("code").asText()).isEqualTo("broken_backup");
            assertThat(hub.get("/api/v1/backups/" + name).statusCode()).isEqualTo(404);
        }
        String name = hub.backups.other();
        assertThat(job(upload(name, whole)).get("state").asText()).isEqualTo("done");
        assertThat(json(hub.get("/api/v1/backups/" + name)).get("manifest").get("files"))
                .isNotEmpty();
        assertThat(upload(name, whole).statusCode()).isEqualTo(409);
        assertThat(upload("photo.jpg", whole).statusCode()).isEqualTo(400);
        assertThat(hub.backups.data.resolve("backups/incoming.part")).doesNotExist();
    }

    /** What was seen is what is done: with the id of its job, once, and not after another was prepared. */
    @Test
    void onlyWhatWasSeenIsBroughtBack() throws Exception {
        String path = "/api/v1/backups/" + backup.name();
        Files.writeString(hub.backups.data.resolve("new-key"), "not in the backup");
        Path config = folder.resolve("vault.properties");
        Files.writeString(config, "caravan.ecoflow.secret-key = canary-4712\ncaravan.http.port = 8081\n");
        JsonNode old = job(post(path + "/preview", "{}"));
        JsonNode seen = job(post(path + "/preview", "{}"));

        assertThat(seen.at("/result/files").toString()).contains("data/new-key", "removed");
        assertThat(seen.at("/result/settings/0/changed/0").asText()).isEqualTo("caravan.ecoflow.secret-key");
        assertThat(seen.at("/result/settings/0/removed/0").asText()).isEqualTo("caravan.http.port");
        assertThat(seen.toString()).doesNotContain("canary");
        assertThat(post(path + "/restore", "{}").statusCode()).isEqualTo(422);
        HttpResponse<String> late = post(path + "/restore", "{\"preview\":" + old.get("id") + "}");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(hub.backups.ordered).isEmpty();

        HttpResponse<String> ordered = post(path + "/restore", "{\"preview\":" + seen.get("id") + "}");
        assertThat(ordered.statusCode()).isEqualTo(202);
        assertThat(hub.backups.ordered).containsExactly(json(ordered).get("id").asText());
        hub.backups.idle();
        assertThat(post(path + "/restore", "{\"preview\":" + seen.get("id") + "}")
                        .statusCode())
                .isEqualTo(409);

        job(post(path + "/preview", "{}"));
        HttpResponse<String> cancelled = hub.send(hub.asked(path + "/preview").DELETE());
        assertThat(json(cancelled).get("cancelled").asBoolean()).isTrue();
        assertThat(hub.backups.data.resolve("restore")).doesNotExist();
    }

    /** A job that waits for a hub that does not stop would be in the way of each backup. */
    @Test
    void anOrderThatCannotBeNotedIsOver() throws Exception {
        String path = "/api/v1/backups/" + backup.name();
        JsonNode seen = job(post(path + "/preview", "{}"));
        hub.backups.isFull = true;

        HttpResponse<String> refused = post(path + "/restore", "{\"preview\":" + seen.get("id") + "}");
        hub.backups.isFull = false;

        assertThat(refused.body()).contains("backup_failed", "is there room on the disk?");
        Await.until("no job runs", Duration.ofSeconds(10), hub.backups::isIdle);
        assertThat(json(hub.get("/api/v1/jobs")).at("/items/0/problem/code").asText())
                .isEqualTo("backup_failed");
        assertThat(json(hub.send(hub.asked(path + "/preview").DELETE()))
                        .get("cancelled")
                        .asBoolean())
                .isTrue();
    }

    /** A hundred backups with one flipped bit, twenty that end early, and what is no backup at all. */
    @Test
    void whateverIsWrongIsFoundAndNotAByteOfTheDataChanges() throws Exception {
        byte[] whole = Files.readAllBytes(backup.path());
        Path file = backup.path().resolveSibling("caravan-20260401T000000Z-wrong.tar.gz");
        Random random = new Random(4711);
        // Its digest is beside each backup: it also finds a bit that has no meaning, such as between the blocks of
        // gzip.
        String digest = Files.readString(Path.of(backup.path() + ".sha256"));
        Files.writeString(
                Path.of(file + ".sha256"),
                digest.replace(backup.name(), file.getFileName().toString()));
        Map<String, String> before = live();
        for (int i = 0; i < 125; i++) {
            byte[] wrong = whole.clone();
            if (i < 100) {
                wrong[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            } else if (i < 120) {
                wrong = Arrays.copyOf(whole, random.nextInt(whole.length));
            } else {
                wrong = new byte[][] {
                            {},
                            "PK\3\4 a zip".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                            {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF},
                            OtherArchives.tarOf("hello.txt", 10),
                            OtherArchives.tarOf("manifest.json", 1L << 31)
                        }
                        [i - 120];
            }
            Files.write(file, wrong);
            HttpResponse<String> begun = post("/api/v1/backups/" + file.getFileName() + "/preview", "{}");
            JsonNode job = job(begun);
            assertThat(job.get("state").asText()).as("case %d", i).isEqualTo("failed");
            assertThat(job.at("/problem/code").asText())
                    .as("case %d %s", i, job)
                    .isEqualTo("broken_backup");
        }
        assertThat(live()).isEqualTo(before);
        assertThat(hub.backups.data.resolve("restore")).doesNotExist();
        Files.delete(file);
        Files.delete(Path.of(file + ".sha256"));
    }

    /** Every file of the data folder but the backups, with its digest. */
    private static Map<String, String> live() throws Exception {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(hub.backups.data)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> !each.startsWith(hub.backups.data.resolve("backups")))
                    .toList()) {
                all.put(
                        file.toString(),
                        java.util.HexFormat.of()
                                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                        .digest(Files.readAllBytes(file))));
            }
        }
        return all;
    }

    @Test
    void theRecoveryKeyIsKeptNowhere() throws Exception {
        String key = "AGE-SECRET-KEY-1CANARY4711";
        Path sealed = backup.path().resolveSibling("caravan-20260501T000000Z-sealed.tar.gz.age");
        Files.writeString(sealed, "age-encryption.org/v1\nrubbish");
        String path = "/api/v1/backups/" + sealed.getFileName();

        assertThat(post(path + "/verify", "{}").body()).contains("recovery_key");
        JsonNode job = job(post(path + "/verify", "{\"recovery_key\":\"" + key + "\"}"));

        assertThat(job.get("state").asText()).isEqualTo("failed");
        assertThat(job.toString()).doesNotContain("CANARY");
        assertThat(hub.get("/api/v1/jobs").body()).doesNotContain("CANARY");
        assertThat(hub.get("/api/v1/audit").body()).contains("verify-backup").doesNotContain("CANARY");
        Files.delete(sealed);
    }
}
