package org.caravanhub.cli;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.caravanhub.reading.Unit;

/** A series drawn with block characters: the average of each bucket as a column, gaps left empty. */
final class Chart {
    private static final int ROWS = 8;
    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm");

    private final Series series;
    private final Style style;
    private final ZoneId zone;

    Chart(Series series, Style style, ZoneId zone) {
        this.series = series;
        this.style = style;
        this.zone = zone;
    }

    /** What the chart shows, in a line. */
    String title(String device, String metric) {
        String unit = Unit.of(metric).map(symbol -> " in " + symbol).orElse("");
        String width = Ago.span(Duration.ofMillis(series.bucketMillis()));
        return metric + unit + ", " + device + ", " + width + " a column, times in "
                + zone.getId().replace("Z", "UTC");
    }

    /** The lines, without line feeds at the end of the last. There is at least one bucket. */
    String draw() {
        double low =
                series.buckets().stream().mapToDouble(Series.Bucket::avg).min().orElse(0);
        double high =
                series.buckets().stream().mapToDouble(Series.Bucket::avg).max().orElse(0);
        double span = high > low ? high - low : 1;
        int[] eighths = new int[series.count()];
        Arrays.fill(eighths, -1);
        for (Series.Bucket bucket : series.buckets()) {
            eighths[bucket.index()] = (int) Math.round((bucket.avg() - low) / span * (ROWS * 8 - 1)) + 1;
        }
        String highLabel = number(high);
        String lowLabel = number(low);
        int margin = Math.max(highLabel.length(), lowLabel.length());
        StringBuilder chart = new StringBuilder();
        for (int row = ROWS - 1; row >= 0; row--) {
            String label = row == ROWS - 1 ? highLabel : row == 0 ? lowLabel : "";
            chart.append(" ".repeat(margin - label.length()))
                    .append(style.faint(label))
                    .append(' ');
            for (int value : eighths) {
                chart.append(block(value - row * 8));
            }
            chart.append('\n');
        }
        String from = TIME.format(series.from().atZone(zone));
        String to = TIME.format(
                series.from().plusMillis(series.bucketMillis() * series.count()).atZone(zone));
        int gap = Math.max(1, series.count() - from.length() - to.length());
        return chart.append(" ".repeat(margin + 1))
                .append(style.faint(from + " ".repeat(gap) + to))
                .toString();
    }

    /** {@code 21.4}: at most three digits behind the point, none that say nothing. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("\\.?0+$", "");
    }

    private char block(int eighths) {
        int filled = Math.max(0, Math.min(8, eighths));
        return style.unicode() ? BLOCKS.charAt(filled) : filled >= 4 ? '#' : filled > 0 ? '.' : ' ';
    }
}
