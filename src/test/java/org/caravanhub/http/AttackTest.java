package org.caravanhub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.caravanhub.api.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What somebody on the network could try, and what comes of it. */
final class AttackTest {
    @TempDir
    static Path folder;

    private static TestHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(folder, 700, Duration.ofSeconds(5));
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    @TestFactory
    Stream<DynamicTest> noSpellingOfAPathGetsPastTheSignIn() {
        return Stream.of(
                        "/api/v1/devices",
                        "/api/v1/devices/",
                        "/api/v1//devices",
                        "//api/v1/devices",
                        "/api/v1/devices;x=1",
                        "/api/v1/./devices",
                        "/health/../api/v1/devices",
                        "/health/%2e%2e/api/v1/devices",
                        "/%61pi/v1/devices",
                        "/API/v1/devices",
                        "/api/v1/devices%2f",
                        "/api/v1/devices%00",
                        "/health/",
                        "/health;x",
                        "/HEALTH",
                        "/health%20",
                        "/hooks/echo",
                        "/nothing/at/all",
                        "/application.properties",
                        "/q/dev",
                        "/observe/health")
                .flatMap(path -> Stream.of("GET", "HEAD", "POST", "OPTIONS", "TRACE", "PUT")
                        .map(method -> DynamicTest.dynamicTest(method + " " + path, () -> {
                            String response = hub.raw(
                                    method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                            assertThat(response).startsWith("HTTP/1.1 401 ");
                        })));
    }

    @TestFactory
    Stream<DynamicTest> theSameSpellingsAreNothingForTheAdminEither() {
        return Stream.of(
                        "/api/v1/devices/",
                        "/api/v1//devices",
                        "/api/v1/devices;x=1",
                        "/health/%2e%2e/api/v1/devices",
                        "/%61pi/v1/devices",
                        "/api/v1/devices/..%2f..%2fetc%2fpasswd",
                        "/API/v1/devices")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    String response = hub.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + hub.token.text() + "\r\nConnection: close\r\n\r\n");
                    assertThat(response).matches("(?s)HTTP/1\\.1 40[04] .*application/problem\\+json.*");
                }));
    }

    @TestFactory
    Stream<DynamicTest> onlyNamesOfTheHubAreAnswered() {
        return Stream.of(
                        "Host: evil.example|421",
                        "Host: hub.evil.example|421",
                        "Host: 127.0.0.1.evil.example|421",
                        "Host: localhost|200",
                        "Host: LOCALHOST:8080|200",
                        "Host: hub|200",
                        "Host: hub.local:8080|200",
                        "Host: 192.168.1.20:8080|200",
                        "Host: [::1]:8080|200",
                        "Host: |421",
                        "X-Other: no host at all|400",
                        "Host: localhost\r\nHost: evil.example|400")
                .map(row -> row.split("\\|", 2))
                .map(row -> DynamicTest.dynamicTest(row[0], () -> {
                    String response = hub.raw("GET /health HTTP/1.1\r\n" + row[0] + "\r\nConnection: close\r\n\r\n");
                    assertThat(response).startsWith("HTTP/1.1 " + row[1] + " ");
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotCleanHttpIsRefusedAndTheConnectionClosed() {
        String token = "Authorization: Bearer " + hub.token.text() + "\r\n";
        String post = "POST /api/v1/ingest?device=x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + token;
        return Stream.of(
                        row("absolute target", "GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                        row("two lengths", post + "Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}"),
                        row("a length with a sign", post + "Content-Length: +2\r\n\r\n{}"),
                        row("an encoding that nobody knows", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                        row("two encodings", post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
                        row("two credentials", post + "Authorization: Bearer x\r\nContent-Length: 2\r\n\r\n{}"),
                        row(
                                "a device called dot",
                                "GET /api/v1/devices/. HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + token
                                        + "\r\n"),
                        row("space before the colon", "GET /health HTTP/1.1\r\nHost : localhost\r\n\r\n"),
                        row(
                                "a header of 64 KB",
                                "GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(65_536) + "\r\n\r\n"),
                        row(
                                "an address of 1 MB",
                                "GET /" + "x".repeat(1_000_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                        row("HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                        row("no HTTP at all", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n"))
                .map(row -> DynamicTest.dynamicTest(row[0], () -> {
                    String response = hub.raw(row[1]);
                    assertThat(response).matches("(?s)(HTTP/\\d\\.\\d (4\\d\\d|50[15]) .*)?");
                    assertThat(response).doesNotContain("Exception", "at io.", "at org.");
                }));
    }

    @RepeatedTest(40)
    void aBodyTooLargeIsAnsweredAndNotJustCutOff() throws Exception {
        HttpRequest.Builder request = hub.asked("/api/v1/ingest?device=tank")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("[" + " ".repeat(300_000) + "]"));

        assertThat(hub.send(request).statusCode()).isEqualTo(413);
    }

    @Test
    void aRequestCannotSteerCamelByHeaderOrQuery() throws Exception {
        HttpRequest.Builder request = hub.asked("/hooks/echo?note=hello")
                .header("CamelHttpUri", "http://evil.example")
                .header("cAmElRestHttpUri", "{{env:PATH}}")
                .header("CAMELFileName", "/etc/passwd")
                .header("org.apache.camel.x", "y")
                .header("X-Mine", "echo me")
                .GET();
        HttpResponse<String> response = hub.send(request);

        // The path is what Camel itself says of the request.
        assertThat(response.body()).startsWith("uri=/hooks/echo?note=hello secret= lower= note=hello auth= body=");
        assertThat(response.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).contains("camel"))
                .doesNotContain("x-mine", "authorization", "note");
        assertThat(hub.get("/hooks/echo?cAmElHttpUri=x").statusCode()).isEqualTo(400);
        assertThat(hub.get("/apiary").body())
                .as("not every path that begins like the hub's is the hub's")
                .isEqualTo("bees");
        assertThat(hub.get("/api/v1/devices?CamelSqlQuery=x").statusCode()).isEqualTo(400);
    }

    @Test
    void aFormCannotSteerCamelEither() throws Exception {
        HttpResponse<String> response = hub.send(hub.asked("/hooks/echo")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("CamelHttpUri=http://evil.example&note=hello")));

        assertThat(response.body()).startsWith("uri=/hooks/echo secret= ").contains("note=hello");
    }

    @TestFactory
    Stream<DynamicTest> idsThatAreNoIdsAreRefusedAndNeverEvaluated() {
        return Stream.of(
                        "x'%3B%20DROP%20TABLE%20reading--",
                        "$%7Bjndi:ldap://x%7D",
                        "%7B%7Bsecret%7D%7D",
                        "$%7Benv:PATH%7D",
                        "..%2f..%2fx",
                        "%0d%0aSet-Cookie:%20a=b",
                        "%E2%80%AEabc",
                        "%00",
                        "x".repeat(65),
                        "%F0%9F%98%80",
                        "a%25b")
                .flatMap(id -> Stream.of(
                        "/api/v1/devices/" + id,
                        "/api/v1/readings?device=" + id,
                        "/api/v1/series?metric=a&device=" + id,
                        "/api/v1/quarantine?device=" + id))
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    HttpResponse<String> response = hub.get(path);
                    assertThat(response.statusCode()).isIn(400, 404);
                    assertThat(response.headers().map().keySet()).doesNotContain("set-cookie");
                    assertThat(response.body()).contains("\"code\":").doesNotContain("SQL", "Exception");
                }));
    }

    @Test
    void aDeviceSpeaksForItselfOnly() throws Exception {
        String credential = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (TestHub.DEVICE + ":" + TestHub.DEVICE_PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> own = hub.send(hub.to("/api/v1/ingest")
                .header("Authorization", credential)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"temperature_c\":4}")));
        HttpResponse<String> others = hub.send(hub.to("/api/v1/ingest?device=hut-window")
                .header("Authorization", credential)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"temperature_c\":4}")));

        assertThat(own.body())
                .isEqualTo("{\"received\":1,\"stored\":1,\"duplicate\":0,\"quarantined\":0,\"waiting\":0}");
        assertThat(others.statusCode()).isEqualTo(403);
        assertThat(hub.get("/api/v1/devices/hut-door").statusCode()).isEqualTo(200);
        assertThat(hub.get("/api/v1/devices/hut-window").statusCode()).isEqualTo(404);
    }

    @Test
    void noOtherOriginIsLetIn() throws Exception {
        HttpResponse<String> response = hub.send(hub.asked("/api/v1/devices")
                .header("Origin", "https://evil.example")
                .GET());

        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void aRequestThatDoesNotArriveLosesItsConnection() throws Exception {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), hub.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: lo".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().read()).as("closed by the hub").isEqualTo(-1);
        }
    }

    @Test
    void aBodyOfAnyLengthWithoutALengthIsCutOff() throws Exception {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), hub.port())) {
            socket.setSoTimeout(10_000);
            String head =
                    "POST /api/v1/ingest?device=x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\nAuthorization: Bearer " + hub.token.text() + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            byte[] chunk = ("10000\r\n" + " ".repeat(65_536) + "\r\n").getBytes(StandardCharsets.UTF_8);
            int sent = 0;
            try {
                while (sent < 1000) {
                    socket.getOutputStream().write(chunk);
                    sent++;
                }
            } catch (java.io.IOException closed) {
                // As it should be.
            }
            assertThat(sent).as("chunks of 64 KB before the hub closed").isLessThan(1000);
        }
    }

    private static String[] row(String name, String request) {
        return new String[] {name, request};
    }
}
