package org.caravanhub.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the flows, each file by itself. Camel's own loading takes all files or none: one broken file ends the whole start, whatever
 * its settings say (measured on 4.17.0).
 */
public final class FlowFiles {
    private static final Logger LOG = LoggerFactory.getLogger(FlowFiles.class);
    private static final String ENDING = ".camel.yaml";
    /** Policies and templates first, since flows refer to them; then what takes in, so that it starts before what only answers. */
    private static final List<String> FIRST = List.of("shared", "reading");

    private final Path folder;
    private final Set<String> optional;
    private final List<FlowFile> loaded = new ArrayList<>();
    private final Map<String, String> owners = new HashMap<>();

    /**
     * @param folder where the files are, in folders by feature
     * @param optional which files of {@code optional/} are wanted, by name without ending
     */
    public FlowFiles(Path folder, Set<String> optional) {
        this.folder = folder;
        this.optional = Set.copyOf(optional);
    }

    /**
     * Loads and starts every flow. A file that is broken is told in the log and left out.
     *
     * @throws UncheckedIOException if the folder cannot be read
     */
    public void loadInto(CamelContext camel) {
        FailedStep.noteIn(camel);
        RoutesLoader loader = PluginHelper.getRoutesLoader(camel);
        for (Path file : files()) {
            loaded.add(load(file, loader, camel));
        }
        long broken = loaded.stream().filter(file -> !file.isRunning()).count();
        LOG.info("flows={} files={} broken={}", camel.getRoutesSize(), loaded.size(), broken);
    }

    /** Every file that was found, in the order of loading. */
    public List<FlowFile> loaded() {
        return List.copyOf(loaded);
    }

    private FlowFile load(Path file, RoutesLoader loader, CamelContext camel) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        try {
            byte[] yaml = Files.readAllBytes(file);
            List<String> ids = FlowIds.in(new String(yaml, StandardCharsets.UTF_8));
            for (String id : ids) {
                String other = owners.get(id);
                if (other != null) {
                    throw new IllegalArgumentException("the id \"" + id + "\" is used by " + other + " already");
                }
            }
            loader.loadRoutes(ResourceHelper.fromBytes(path, yaml));
            ids.forEach(id -> owners.put(id, path));
            return new FlowFile(path, file, Optional.empty());
        } catch (Exception e) {
            String problem = FlowProblem.describe(e, path);
            LOG.error("{} \"this file does not run; the others do\"", problem);
            return new FlowFile(path, file, Optional.of(problem));
        }
    }

    private List<Path> files() {
        try (Stream<Path> tree = Files.walk(folder, 4)) {
            return tree.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .filter(this::isWanted)
                    .sorted(Comparator.comparing(this::rank).thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the flows in " + folder, e);
        }
    }

    private boolean isWanted(Path file) {
        String name = file.getFileName().toString();
        return !feature(file).equals("optional")
                || optional.contains(name.substring(0, name.length() - ENDING.length()));
    }

    private int rank(Path file) {
        int rank = FIRST.indexOf(feature(file));
        return rank < 0 ? FIRST.size() : rank;
    }

    private String feature(Path file) {
        Path relative = folder.relativize(file);
        return relative.getNameCount() > 1 ? relative.getName(0).toString() : "";
    }
}
