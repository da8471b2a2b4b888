package org.caravanhub.ecoflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.caravanhub.reading.Reading;
import org.caravanhub.store.SqliteDatabase;

/**
 * A day of a station as the shipped flows hear it, a minute after the other: for two hours the cloud lists it as offline, for two there is no
 * internet, and for two the cloud repeats itself. In between the hub is started again, and its clock is set.
 */
public final class PolledDay {
    public static final String DEVICE = "ecoflow-R331DAY";
    private static final Keys KEYS = new Keys("day", "night");
    /** When what is wrong, by hours of the day; each for two. */
    public static final int OFFLINE = 2;

    public static final int NO_INTERNET = 10;
    public static final int REPEATED = 16;

    private static final long HOUR_MS = 3_600_000;
    /** The hub's clock is late until it is set. */
    private static final long LATE_MS = 4_000;

    private static final long SET_AT = 5 * HOUR_MS + 1_800_000;
    private static final long RESTART_AT = 13 * HOUR_MS + 1_200_000;

    static {
        // Otherwise each answer waits for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final StationDay day = new StationDay();
    private final List<Reading> readings = new ArrayList<>();
    private long passedMs;
    private String told = "";

    private PolledDay() {}

    /** One that has passed. */
    public static PolledDay passed() throws Exception {
        Path folder = Files.createTempDirectory("polled-day");
        PolledDay polled = new PolledDay();
        HttpServer cloud = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cloud.createContext("/", polled::answer);
        cloud.start();
        try {
            polled.pass(folder, "http://127.0.0.1:" + cloud.getAddress().getPort());
        } finally {
            cloud.stop(0);
        }
        return polled;
    }

    /** What was kept, in order of time: which of two commits is told first is no promise. */
    public List<Reading> readings() {
        return readings.stream()
                .sorted(Comparator.comparing(Reading::measuredAt))
                .toList();
    }

    /** What was really there. */
    public StationDay day() {
        return day;
    }

    private void pass(Path folder, String cloud) throws Exception {
        Random jitter = new Random(5);
        for (long end : new long[] {RESTART_AT, 24 * HOUR_MS}) {
            Path routes = Files.createDirectories(folder.resolve("until-" + end));
            PolledHub hub = new PolledHub(
                    routes,
                    SqliteDatabase.open(folder.resolve("caravan.db")),
                    cloud,
                    KEYS,
                    new HubsClock(),
                    PolledHub.LONGEST);
            try (hub) {
                while (passedMs < end - 61_000) {
                    long step = 59_000 + jitter.nextInt(2_001);
                    passedMs += step;
                    hub.pass(Duration.ofMillis(step));
                }
            }
            // What was on its way is kept by now.
            readings.addAll(hub.kept);
        }
    }

    private long hour() {
        return passedMs / HOUR_MS;
    }

    private boolean isDuring(int begin) {
        return hour() >= begin && hour() < begin + 2;
    }

    /** Whether the signature is right is looked at by other tests. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (isDuring(NO_INTERNET)) {
                return;
            }
            String data =
                    "[{\"sn\":\"R331DAY\",\"productName\":\"DELTA 2\",\"online\":" + (isDuring(OFFLINE) ? 0 : 1) + "}]";
            if (exchange.getRequestURI().getPath().endsWith("/quota/all")) {
                told = isDuring(REPEATED) ? told : day.quota(StationDay.MIDNIGHT.toEpochMilli() + passedMs);
                data = told;
            }
            byte[] bytes =
                    ("{\"code\":\"0\",\"message\":\"Success\",\"data\":" + data + "}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** What the hub takes for the time. */
    private final class HubsClock extends Clock {
        @Override
        public Instant instant() {
            return StationDay.MIDNIGHT.plusMillis(passedMs - (passedMs < SET_AT ? LATE_MS : 0));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
