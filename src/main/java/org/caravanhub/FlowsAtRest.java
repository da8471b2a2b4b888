package org.caravanhub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.FlowFolder;
import org.caravanhub.flow.Mistake;
import org.caravanhub.flow.NotReadable;
import org.caravanhub.settings.Settings;

/** Looks at flow files while no hub runs, exactly as a hub does before it takes them. */
public final class FlowsAtRest {
    private FlowsAtRest() {}

    /**
     * What came of it.
     *
     * @param files how many were looked at
     * @param flows how many flows, policies and templates are in them
     * @param mistakes by file and place; their files relative to the folder of flows, or as they were named
     */
    public record Result(int files, int flows, List<Mistake> mistakes) {}

    /**
     * Checks files as parts of the folder of flows.
     *
     * @param settings where that folder is, and what placeholders stand for
     * @param wanted the files; all of the folder if there are none. One that is elsewhere is looked at as if it were in there
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Result check(Settings settings, List<Path> wanted) {
        Path folder = settings.routes();
        Wiring wiring = new Wiring(settings, Clock.systemUTC());
        FlowFolder.Contents there = wiring.flowFolder().contents();
        Map<String, byte[]> files = there.bytes();
        Set<String> changed = new LinkedHashSet<>();
        List<Mistake> mistakes = new ArrayList<>();
        if (wanted.isEmpty()) {
            changed.addAll(files.keySet());
            mistakes.addAll(there.mistakes());
        }
        for (Path file : wanted) {
            String name = name(folder, file);
            files.put(name, bytes(file));
            changed.add(name);
        }
        mistakes.addAll(wiring.flowCheck().check(files, changed));
        int flows = changed.stream().mapToInt(name -> flows(name, files)).sum();
        return new Result(changed.size(), flows, List.copyOf(mistakes));
    }

    private static String name(Path folder, Path file) {
        Path base = folder.toAbsolutePath().normalize();
        Path whole = file.toAbsolutePath().normalize();
        return (whole.startsWith(base) ? base.relativize(whole) : file)
                .toString()
                .replace('\\', '/');
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static int flows(String name, Map<String, byte[]> files) {
        try {
            return FlowDocument.read(name, files.getOrDefault(name, new byte[0]))
                    .entries()
                    .size();
        } catch (NotReadable e) {
            return 0;
        }
    }
}
