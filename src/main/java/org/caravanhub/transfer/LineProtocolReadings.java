package org.caravanhub.transfer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.caravanhub.reading.NotAReading;
import org.caravanhub.reading.PastReading;
import org.caravanhub.reading.Reading;
import org.jspecify.annotations.Nullable;

/** Line protocol, as {@code influxd inspect export-lp} and {@code influx write} know it; lines that begin with {@code #} are comments. */
final class LineProtocolReadings implements Readings {
    private static final int LONGEST_POINT = 1 << 16;

    private final Lines lines;
    private final long size;
    private final InfluxPrecision precision;
    private final Mistakes mistakes;
    private final PastReading past = new PastReading();
    private final Queue<Reading> waiting = new ArrayDeque<>();

    LineProtocolReadings(Lines lines, long size, InfluxPrecision precision, Mistakes mistakes) {
        this.lines = lines;
        this.size = size;
        this.precision = precision;
        this.mistakes = mistakes;
    }

    @Override
    public @Nullable Reading next() throws IOException {
        while (waiting.isEmpty() && lines.next()) {
            String line = lines.text();
            if (line != null && !line.isBlank() && !line.startsWith("#")) {
                read(line);
            }
        }
        return waiting.poll();
    }

    private void read(String firstLine) throws IOException {
        long number = lines.number();
        StringBuilder whole = new StringBuilder(withoutReturn(firstLine));
        while (LineProtocol.isOpen(whole.toString()) && whole.length() < LONGEST_POINT && lines.next()) {
            String more = lines.text();
            whole.append('\n').append(more == null ? "" : withoutReturn(more));
        }
        try {
            take(new LineProtocol(whole.toString()), number);
        } catch (LineProtocol.Wrong e) {
            mistakes.at(lines.file(), number, e.column(), String.valueOf(e.getMessage()));
        }
    }

    private void take(LineProtocol line, long number) {
        for (Map.Entry<String, String> field : line.fields().entrySet()) {
            try {
                InfluxPoint point = new InfluxPoint(
                        line.measurement(),
                        line.tags(),
                        field.getKey(),
                        field.getValue(),
                        precision.toMillis(line.time()));
                if (!point.hasDevice()) {
                    mistakes.at(lines.file(), number, 1, "no tag says whose it is; expected device_id, device or host");
                    return;
                }
                waiting.add(point.reading(past));
            } catch (NotAReading e) {
                mistakes.at(lines.file(), number, 1, e.reason());
                return;
            } catch (ArithmeticException e) {
                mistakes.at(lines.file(), number, 1, "the time " + line.time() + " is not one of this --precision");
                return;
            }
        }
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    @Override
    public long position() {
        return lines.position();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
