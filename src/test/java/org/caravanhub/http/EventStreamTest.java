package org.caravanhub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.caravanhub.api.TestHub;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventStreamTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path folder;

    private TestHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = new TestHub(folder);
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    /** A client of the stream: its events, as they come. */
    private final class Client implements AutoCloseable {
        final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final InputStream stream;

        Client(String query, String lastEventId) throws Exception {
            HttpRequest.Builder request = hub.asked("/api/v1/events" + query).GET();
            if (!lastEventId.isEmpty()) {
                request.header("Last-Event-ID", lastEventId);
            }
            HttpResponse<InputStream> response =
                    hub.client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
            stream = response.body();
            Thread reader = new Thread(this::read, "events");
            reader.setDaemon(true);
            reader.start();
        }

        /** The next event of this kind; others before it are passed over. */
        String next(String kind) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (true) {
                String event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (event == null) {
                    throw new AssertionError("no event " + kind + " within 10 s");
                }
                if (event.contains("event: " + kind + "\n")) {
                    return event;
                }
            }
        }

        private void read() {
            StringBuilder text = new StringBuilder();
            byte[] buffer = new byte[8192];
            try {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                    for (int end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
                        events.add(text.substring(0, end + 1));
                        text.delete(0, end + 2);
                    }
                }
            } catch (java.io.IOException closed) {
                events.add("event: closed\n");
            }
        }

        @Override
        public void close() throws Exception {
            stream.close();
        }
    }

    @Test
    void whatIsCommittedIsToldAtOnce() throws Exception {
        try (Client client = new Client("", "")) {
            assertThat(client.next("hello")).contains("\"version\":\"test\"", "retry: 3000");
            hub.keep(reading("van", 0, 21));

            assertThat(client.next("reading")).contains("\"device\":\"van\"", "\"metrics\":{\"v\":21}", "\"count\":1");
        }
    }

    @Test
    void aDeviceThatTalksALotIsHeardOnceASecondWithItsNewest() throws Exception {
        try (Client client = new Client("?topics=reading", "")) {
            client.next("hello");
            for (int i = 0; i < 50; i++) {
                hub.keep(reading("van", i, i));
            }
            List<String> told = new ArrayList<>();
            String event = client.next("reading");
            told.add(event);
            while (!event.contains("\"v\":49}")) {
                event = client.next("reading");
                told.add(event);
            }
            assertThat(told.size()).as("events for 50 readings").isLessThan(20);
        }
    }

    @Test
    void aDeviceThatIsHeardForTheFirstTimeIsThere() throws Exception {
        try (Client client = new Client("?topics=device", "")) {
            client.next("hello");
            hub.keep(reading("newcomer", 0, 21));

            assertThat(client.next("device"))
                    .contains("{\"device\":\"newcomer\",\"state\":\"online\",\"reason\":\"heard ", "\"since\":\"20");
        }
    }

    @Test
    void rawTellsEveryReading() throws Exception {
        try (Client client = new Client("?rate=raw&device=van", "")) {
            client.next("hello");
            hub.keep(reading("van", 0, 0), reading("hut", 0, 0), reading("van", 1, 1), reading("van", 2, 2));

            for (int i = 0; i < 3; i++) {
                assertThat(client.next("reading")).contains("\"v\":" + i + "}");
            }
        }
    }

    @Test
    void whoComesBackHearsWhatWasMissed() throws Exception {
        String lastId;
        try (Client client = new Client("?rate=raw", "")) {
            client.next("hello");
            hub.keep(reading("van", 0, 0));
            lastId = id(client.next("reading"));
        }
        try (Client other = new Client("?rate=raw", "")) {
            other.next("hello");
            hub.keep(reading("van", 1, 1));
            other.next("reading");
            try (Client again = new Client("?rate=raw", lastId)) {
                assertThat(again.events.poll(10, TimeUnit.SECONDS)).contains("event: hello");
                assertThat(again.next("reading")).contains("\"v\":1}");
            }
        }
    }

    @Test
    void whoComesBackFromBeforeTheRestartIsToldToAskAnew() throws Exception {
        try (Client client = new Client("", "abc-17")) {
            assertThat(client.events.poll(10, TimeUnit.SECONDS)).contains("event: hello");
            assertThat(client.events.poll(10, TimeUnit.SECONDS)).contains("event: reset");
        }
    }

    @Test
    void quarantineAndHealthAreToldToo() throws Exception {
        try (Client client = new Client("?topics=quarantine,health", "")) {
            client.next("hello");
            hub.health = org.caravanhub.health.Health.warning("hot", "it melts", "open a window");
            hub.keep(new Malformed(
                    Message.of("caravan/van/telemetry", new byte[] {'{'}, NOON),
                    "van",
                    Malformed.Cause.NOT_JSON,
                    "no"));

            assertThat(client.next("quarantine")).contains("{\"count\":1}");
            String health = client.next("health");
            while (!health.contains("warning")) {
                health = client.next("health");
            }
        }
    }

    /** p99 of commit to client, with twenty devices that speak in turn. */
    @Test
    void theWayFromCommitToClientIsShort() throws Exception {
        try (Client client = new Client("?topics=reading&rate=raw", "")) {
            client.next("hello");
            long[] millis = new long[200];
            for (int i = 0; i < millis.length; i++) {
                hub.keep(reading("van-" + i % 20, i, i));
                long committed = System.nanoTime();
                client.next("reading");
                millis[i] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - committed);
            }
            Arrays.sort(millis);
            assertThat(millis[197])
                    .as("99 of 100, in milliseconds: %s", Arrays.toString(millis))
                    .isLessThan(300);
        }
    }

    @Test
    void aNoticeIsToldToWhoeverListensAndAsksForNotices() throws Exception {
        try (Client client = new Client("?topics=notice", "")) {
            client.next("hello");
            hub.events.tell("notice", "hut", "{\"name\":\"frost\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

            assertThat(client.next("notice")).contains("data: {\"name\":\"frost\"}");
        }
    }

    private static String id(String event) {
        return event.lines()
                .filter(line -> line.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring(4);
    }

    private static Reading reading(String device, int seconds, int value) {
        byte[] json = ("{\"v\":" + value + "}").getBytes(StandardCharsets.UTF_8);
        return new Reading(Source.of(device, "caravan"), NOON.plusSeconds(seconds), NOON, Metrics.ofChecked(json), 0);
    }
}
