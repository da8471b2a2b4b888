package org.caravanhub.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.caravanhub.message.Message;

/** The tables of docs/reference/topics, which say of each captured message what becomes of it. */
final class Documented {
    static final Path CAPTURED = Path.of("src/test/resources/captured/reading");
    static final Path PAGES = Path.of("docs/reference/topics");
    /** The time of receipt that the tables take. */
    static final Instant RECEIVED = Instant.parse("2025-12-01T20:00:30Z");

    private static final Map<String, Decoder> DECODERS = Map.ofEntries(
            Map.entry("paku-data", new PakuDataDecoder()),
            Map.entry("paku-ruuvi", new PakuRuuviDecoder()),
            Map.entry("paku-edge", Families.pakuEdge()),
            Map.entry("paku-device", Families.pakuDevice()),
            Map.entry("alona-telemetry", new AlonaTelemetryDecoder()),
            Map.entry("alona-node", Families.alonaNode()),
            Map.entry("caravan-telemetry", new CaravanTelemetryDecoder()),
            Map.entry("caravan-device", Families.caravanDevice()),
            Map.entry("iot", Families.iot()),
            Map.entry("esphome-state", Families.esphomeState()),
            Map.entry("esphome-status", Families.esphomeStatus()),
            Map.entry("ruuvi-gateway", Families.ruuviGateway()),
            Map.entry("ecoflow-bridge", Families.ecoflowBridge()),
            Map.entry("http-ingest", new HttpIngestDecoder()));

    private Documented() {}

    /** A row: a captured file, the topic it came on, and what the page says becomes of it. */
    record Row(Path file, String topic, String outcome) {
        String family() {
            return CAPTURED.relativize(file).getName(0).toString();
        }

        Message message() {
            return Message.of(topic, bytes(file), RECEIVED);
        }

        List<Outcome> decode() {
            return decoder(family()).decode(List.of(message()));
        }

        @Override
        public String toString() {
            return family() + "/" + file.getFileName();
        }
    }

    static Decoder decoder(String family) {
        return Objects.requireNonNull(DECODERS.get(family), family);
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Path page : list(PAGES)) {
            for (List<String> cells : tableRows(page)) {
                if (cells.get(0).contains("/captured/reading/")) {
                    String link = cells.get(0)
                            .substring(
                                    cells.get(0).indexOf('(') + 1, cells.get(0).length() - 1);
                    Path file = PAGES.resolve(link).normalize();
                    rows.add(new Row(file, unquote(cells.get(1)), cells.get(2)));
                }
            }
        }
        return rows;
    }

    /** The cells of every row of every table of a page. */
    static List<List<String>> tableRows(Path page) {
        try (Stream<String> lines = Files.lines(page)) {
            return lines.filter(line -> line.startsWith("| "))
                    .map(line -> Stream.of(line.substring(1).split("(?<!\\\\)\\|"))
                            .map(cell -> cell.strip().replace("\\|", "|"))
                            .toList())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String unquote(String cell) {
        return cell.replace("`", "");
    }

    /** {@code kept, late; bad_time}: as the pages write it. */
    static String words(List<Outcome> outcomes) {
        return outcomes.stream().map(Documented::word).collect(Collectors.joining("; "));
    }

    private static String word(Outcome outcome) {
        if (outcome instanceof Reading reading) {
            return words("kept", reading.flags());
        }
        if (outcome instanceof Event event) {
            return words("event " + event.name(), event.when().flags());
        }
        if (outcome instanceof Status status) {
            return words("status " + status.state().word(), status.when().flags());
        }
        if (outcome instanceof Configuration configuration) {
            return words("configuration", configuration.when().flags());
        }
        return ((Malformed) outcome).cause().word();
    }

    private static String words(String kind, int flags) {
        return Stream.concat(Stream.of(kind), Flag.of(flags).stream().map(Flag::word))
                .collect(Collectors.joining(", "));
    }

    static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
