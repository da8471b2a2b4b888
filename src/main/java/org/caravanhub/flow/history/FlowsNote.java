package org.caravanhub.flow.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is remembered of the flows beside their versions, in {@code DATA/flows/note}.
 *
 * @param folder where the files were; another folder has other files, and none of the old ones is missed
 * @param program which version of the program checked them last
 * @param paused the ids of the flows that somebody paused
 */
public record FlowsNote(String folder, String program, Set<String> paused) {
    private static final String NAME = "note";

    /** What is noted; nothing if nothing is, or it is damaged. */
    public static FlowsNote in(Path flows) {
        String folder = "";
        String program = "";
        Set<String> paused = new TreeSet<>();
        try {
            for (String line : Files.readAllLines(flows.resolve(NAME), StandardCharsets.UTF_8)) {
                if (line.startsWith("folder ")) {
                    folder = line.substring("folder ".length());
                } else if (line.startsWith("program ")) {
                    program = line.substring("program ".length());
                } else if (line.startsWith("paused ")) {
                    paused.add(line.substring("paused ".length()));
                }
            }
        } catch (IOException e) {
            return new FlowsNote("", "", Set.of());
        }
        return new FlowsNote(folder, program, Set.copyOf(paused));
    }

    /** Notes it; on disk when this returns. */
    public void write(Path flows) throws IOException {
        StringBuilder text = new StringBuilder("folder " + folder + "\nprogram " + program + "\n");
        new TreeSet<>(paused).forEach(id -> text.append("paused ").append(id).append('\n'));
        Files.createDirectories(flows);
        WholeFile.write(flows.resolve(NAME), text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
