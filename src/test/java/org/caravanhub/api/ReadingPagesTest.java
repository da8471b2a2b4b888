package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 2,500 readings of three devices, many at the same moment, with gaps of hours: none is left out, none comes twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadingPagesTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-06-01T00:00:00Z");
    private static final String DAYS = "from=2026-06-01T00:00:00Z&to=2026-06-08T00:00:00Z";

    @TempDir
    static Path folder;

    private TestHub hub;

    @BeforeAll
    void start() throws Exception {
        hub = open(folder);
        Outcome[] readings = new Outcome[2500];
        for (int i = 0; i < readings.length; i++) {
            String device = "d" + i % 3;
            Instant at = MIDNIGHT.plusSeconds(60L * (i / 3) + (i > 1200 ? 40_000 : 0));
            byte[] json = ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8);
            readings[i] = new Reading(Source.of(device, "caravan"), at, at, Metrics.ofChecked(json), 0);
        }
        assertThat(hub.keep(readings).stored()).isEqualTo(2500);
    }

    @AfterAll
    void stop() throws Exception {
        hub.close();
    }

    /** A hub that keeps everything where this test wants it. */
    TestHub open(Path data) throws Exception {
        return new TestHub(data);
    }

    @ParameterizedTest
    @CsvSource({"desc,''", "asc,''", "desc,&device=d1", "asc,&device=d1"})
    void pagesGoThroughAllOfThemInOrder(String order, String filter) throws Exception {
        List<Integer> seen = new ArrayList<>();
        List<String> moments = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = new ObjectMapper()
                    .readTree(hub.get("/api/v1/readings?limit=377&order=" + order + "&" + DAYS + filter + cursor)
                            .body());
            for (JsonNode reading : page.get("items")) {
                seen.add(reading.get("metrics").get("n").asInt());
                moments.add(reading.get("measured_at").asText());
            }
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asText();
        } while (!cursor.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().hasSize(filter.isEmpty() ? 2500 : 833);
        assertThat(moments)
                .isSortedAccordingTo(order.equals("asc") ? Comparator.naturalOrder() : Comparator.reverseOrder());
    }

    @Test
    void anExportIsEverythingOrAsMuchAsWasAskedFor() throws Exception {
        HttpResponse<String> all = hub.get("/api/v1/readings?format=csv&" + DAYS);
        HttpResponse<String> some = hub.get("/api/v1/readings?format=ndjson&limit=7&" + DAYS);

        assertThat(all.body().lines()).hasSize(2501);
        assertThat(all.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"readings_1780272000_1780876800.csv\"");
        assertThat(some.body().lines()).hasSize(7);
    }

    @Test
    void whatDidNotChangeIsNotSentAgain() throws Exception {
        HttpResponse<String> first = hub.get("/api/v1/devices/d0");
        String tag = first.headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again = hub.send(
                hub.asked("/api/v1/devices/d0").header("If-None-Match", tag).GET());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(first.headers().firstValue("cache-control")).contains("private, no-cache");
    }
}
