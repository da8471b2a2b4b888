package org.caravanhub.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.caravanhub.text.Quoted;

/**
 * A file of lines {@code key = value} and comments that begin with {@code #}, in UTF-8. Unlike Java's own properties it has no
 * escapes and no continued lines, so that a password is written as it is, and a key that is there twice is a mistake.
 */
public final class PropertiesFile {
    private static final long MAX_BYTES = 1 << 20;

    private PropertiesFile() {}

    /**
     * Reads the file.
     *
     * @param mistakes gets a line for each thing that cannot be read
     * @return what could be read, in order
     */
    public static List<Written> read(Path file, List<String> mistakes) {
        String text;
        try {
            if (Files.size(file) > MAX_BYTES) {
                mistakes.add(file + ": is larger than 1 MB; this is no configuration");
                return List.of();
            }
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            mistakes.add(file + ": is not in UTF-8; save it in that encoding");
            return List.of();
        } catch (IOException e) {
            mistakes.add(file + ": cannot be read (" + e.getClass().getSimpleName()
                    + "); give it to the user that runs Caravan");
            return List.of();
        }
        return lines(file, text, mistakes);
    }

    private static List<Written> lines(Path file, String text, List<String> mistakes) {
        List<Written> found = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String place = file + ":" + number;
            String line = (number == 1 && raw.startsWith("\uFEFF") ? raw.substring(1) : raw).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals <= 0) {
                mistakes.add(place + ": is not of the form key = value");
                continue;
            }
            String key = line.substring(0, equals).strip();
            String before = places.putIfAbsent(key, place);
            if (before != null) {
                mistakes.add(
                        place + ": " + Quoted.atLength(key) + " is there already, at " + before + "; keep one of them");
                continue;
            }
            found.add(new Written(key, line.substring(equals + 1).strip(), place));
        }
        return found;
    }
}
