package org.caravanhub.flow.history;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.flow.history.FlowVersion.Result;

/**
 * A version on disk, {@code 000012-applied-0123456789abcdef.version}: lines that say when and who, an empty line, and the bytes of the
 * flow file as they were. The name tells enough to start the hub without opening it.
 */
record VersionFile(Path file, long number, Result result, String id, long size) implements Comparable<VersionFile> {
    static final String ENDING = ".version";

    private static final Pattern NAME = Pattern.compile("(\\d{6,18})-([a-z]{1,20})-([0-9a-f]{16})\\.version");
    private static final String FIRST = "caravan flow version 1";

    /** What this file is by its name; nothing if it is no version. */
    static Optional<VersionFile> of(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        for (Result result : Result.values()) {
            if (result.word().equals(name.group(2))) {
                return Optional.of(new VersionFile(
                        file,
                        Long.parseLong(name.group(1)),
                        result,
                        name.group(3),
                        file.toFile().length()));
            }
        }
        return Optional.empty();
    }

    static void write(Path folder, FlowVersion version, byte[] bytes, boolean isDurable) throws IOException {
        StringBuilder head = new StringBuilder(FIRST)
                .append("\nat ")
                .append(version.at())
                .append("\nwho ")
                .append(oneLine(version.who()));
        version.mistakes().forEach(mistake -> head.append("\nmistake ").append(oneLine(mistake)));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\n\n").toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(bytes);
        String name =
                "%06d-%s-%s%s".formatted(version.number(), version.result().word(), version.id(), ENDING);
        WholeFile.write(folder.resolve(name), all.toByteArray(), isDurable);
    }

    /** What is in it; nothing if it is damaged. */
    Optional<FlowHistory.Whole> read(String path) {
        try {
            byte[] all = Files.readAllBytes(file);
            int end = endOfHead(all);
            byte[] bytes = Arrays.copyOfRange(all, end, all.length);
            if (end == 0 || !VersionId.of(bytes).equals(id)) {
                return Optional.empty();
            }
            String[] head = new String(all, 0, end, StandardCharsets.UTF_8).split("\n", -1);
            Instant at = Instant.EPOCH;
            String who = "";
            List<String> mistakes = new ArrayList<>();
            for (String line : head) {
                if (line.startsWith("at ")) {
                    at = Instant.parse(line.substring("at ".length()));
                } else if (line.startsWith("who ")) {
                    who = line.substring("who ".length());
                } else if (line.startsWith("mistake ")) {
                    mistakes.add(line.substring("mistake ".length()));
                }
            }
            return Optional.of(new FlowHistory.Whole(
                    new FlowVersion(path, number, result, id, at, who, bytes.length, List.copyOf(mistakes)), bytes));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(VersionFile other) {
        return Long.compare(other.number, number);
    }

    private static int endOfHead(byte[] all) {
        for (int i = 1; i < all.length; i++) {
            if (all[i] == '\n' && all[i - 1] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
