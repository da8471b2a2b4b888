package org.caravanhub.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file that readings are in. Its first bytes tell what kind it is, and whether it is packed with gzip. */
public final class ReadingFile {
    private static final int HEAD = 4096;
    private static final String SQLITE = "SQLite format 3\0";

    private ReadingFile() {}

    /**
     * Opens an export of a hub: CSV, NDJSON or SQLite.
     *
     * @throws Unreadable if it is none
     */
    public static Readings openExport(Path file, Mistakes mistakes) throws IOException {
        String head = head(file);
        if (head.startsWith(SQLITE)) {
            return SqliteReadings.open(file, mistakes);
        }
        if (looksBinary(head)) {
            throw new Unreadable(
                    file + ":1:1: this is no text; expected an export as CSV, NDJSON or SQLite", whatIsTaken());
        }
        Lines lines = lines(file, mistakes);
        return head.startsWith("{")
                ? new NdjsonReadings(lines, Files.size(file), mistakes)
                : new CsvReadings(lines, Files.size(file), mistakes);
    }

    /**
     * Opens an export of InfluxDB: annotated CSV or line protocol.
     *
     * @param precision of the times in line protocol
     * @throws Unreadable if it is none
     */
    public static Readings openInflux(Path file, InfluxPrecision precision, Mistakes mistakes) throws IOException {
        String head = head(file);
        if (head.startsWith(SQLITE) || looksBinary(head)) {
            throw new Unreadable(
                    file + ":1:1: this is no text; expected line protocol, or CSV with annotations", whatIsTaken());
        }
        Lines lines = lines(file, mistakes);
        boolean isCsv = head.startsWith("#datatype,")
                || head.startsWith("#group,")
                || head.startsWith("#default,")
                || head.startsWith(",result,")
                || head.startsWith("\r\n#")
                || head.startsWith("result,table,");
        return isCsv
                ? new AnnotatedCsvReadings(lines, Files.size(file), mistakes)
                : new LineProtocolReadings(lines, Files.size(file), precision, mistakes);
    }

    private static String whatIsTaken() {
        return "caravan data import --help, caravan import influx --help";
    }

    private static Lines lines(Path file, Mistakes mistakes) throws IOException {
        return new Lines(file.toString(), Files.newInputStream(file), mistakes);
    }

    /** Without a byte order mark; of a damaged packed file whatever can be unpacked. */
    private static String head(Path file) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] head;
            try {
                InputStream in = Packed.isPacked(raw) ? new GZIPInputStream(raw) : raw;
                head = in.readNBytes(HEAD);
            } catch (java.util.zip.ZipException | java.io.EOFException e) {
                head = new byte[0]; // told with its place by whoever reads the lines
            }
            String text = new String(head, StandardCharsets.ISO_8859_1);
            return text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
        }
    }

    private static boolean looksBinary(String head) {
        return head.indexOf('\0') >= 0;
    }
}
