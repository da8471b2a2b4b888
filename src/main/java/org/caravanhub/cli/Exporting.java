package org.caravanhub.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.caravanhub.reading.NotAReading;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.WrittenReading;
import org.caravanhub.transfer.SqliteExport;

/** Takes readings from the hub, oldest first, one device after the other if devices are named. */
final class Exporting {
    /** After everything: devices whose clocks are ahead are exported too. */
    static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    /** Where a line of NDJSON tells its time, and how long that is. */
    private static final String MEASURED_AT = "\"measured_at\":\"";

    private static final int MOMENT_CHARS = 24;
    private static final int COMMON_CELLS = 10;
    private static final int MOST_DEVICES = 10_000;

    private final HubClient hub;
    private final List<String> devices;
    private final Instant since;
    private final Instant until;
    private long readings;
    private long total;
    private String lastCommon = "";

    Exporting(HubClient hub, List<String> devices, Instant since, Instant until) {
        this.hub = hub;
        this.devices = devices.isEmpty() ? List.of("") : devices;
        this.since = since;
        this.until = until;
    }

    /** How many there were until now. */
    long readings() {
        return readings;
    }

    /** Asks how many there will be; of a span nobody knows. */
    void count() {
        if (since.equals(Instant.EPOCH) && until.equals(LAST)) {
            for (Json device : Pages.all(hub, "/api/v1/devices", Map.of(), MOST_DEVICES)) {
                boolean isWanted = devices.contains("") || devices.contains(device.textOrEmpty("id"));
                total += isWanted ? device.number("stored") : 0;
            }
        }
    }

    /** Writes CSV or NDJSON as the hub writes it. */
    void lines(DataExport.Format format, OutputStream out, Progress progress) throws IOException {
        boolean isFirst = true;
        for (String device : devices) {
            try (InputStream in = ask(device, format)) {
                boolean isCsv = format == DataExport.Format.CSV;
                boolean isHeader = isCsv;
                for (byte[] line = line(in); line.length > 0; line = line(in)) {
                    if (!isHeader || isFirst) {
                        out.write(line);
                    }
                    if (!isHeader) {
                        count(line, isCsv, progress);
                    }
                    isHeader = false;
                }
            } catch (IOException e) {
                throw brokeOff(e);
            }
            isFirst = false;
        }
    }

    /** Adds them to a file of SQLite. */
    void sqlite(SqliteExport sqlite, Progress progress) throws IOException {
        WrittenReading written = new WrittenReading();
        for (String device : devices) {
            try (InputStream in = ask(device, DataExport.Format.NDJSON)) {
                for (byte[] line = line(in); line.length > 0; line = line(in)) {
                    Reading reading = written.read(line, 0, line.length);
                    sqlite.add(reading);
                    count(line, false, progress);
                }
            } catch (IOException e) {
                throw brokeOff(e);
            } catch (NotAReading e) {
                throw new CommandFailed(
                        ExitCode.FAILED,
                        "the hub answers something that is no reading: " + e.reason(),
                        "is it of the same version?");
            }
        }
        sqlite.finish();
    }

    private InputStream ask(String device, DataExport.Format format) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("format", format.name().toLowerCase(Locale.ROOT));
        query.put("order", "asc");
        query.put("from", since.toString());
        query.put("to", until.toString());
        if (!device.isEmpty()) {
            query.put("device", device);
        }
        return new BufferedInputStream(hub.stream("/api/v1/readings", query), 1 << 16);
    }

    private CommandFailed brokeOff(IOException e) {
        return new CommandFailed(
                ExitCode.FAILED,
                String.format(Locale.ROOT, "the export broke off after %,d readings: %s", readings, e.getMessage()),
                "caravan status, df -h");
    }

    /** With its line feed; empty at the end. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }

    /** Lines of CSV that begin alike are one reading. */
    private void count(byte[] line, boolean isCsv, Progress progress) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        int at = isCsv ? 0 : text.indexOf(MEASURED_AT) + MEASURED_AT.length();
        if (at + MOMENT_CHARS > text.length() || text.charAt(at + MOMENT_CHARS - 1) != 'Z') {
            return; // the line goes on with a value of several lines
        }
        String common = isCsv ? text.substring(0, metric(text)) : text;
        readings += common.equals(lastCommon) ? 0 : 1;
        lastCommon = common;
        progress.at(readings, total, readings);
    }

    /** Where the cells end that all values of a reading share. */
    private static int metric(String text) {
        boolean isQuoted = false;
        int cells = 0;
        int at = 0;
        while (at < text.length() && cells < COMMON_CELLS) {
            isQuoted ^= text.charAt(at) == '"';
            cells += text.charAt(at) == ',' && !isQuoted ? 1 : 0;
            at++;
        }
        return at;
    }
}
