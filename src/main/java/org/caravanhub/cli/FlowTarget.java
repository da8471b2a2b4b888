package org.caravanhub.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A flow file as it is named on the command line: {@code alert/frost.camel.yaml}, without its ending, or by where it is on this machine;
 * {@code @12} behind it is one of its versions.
 *
 * @param path relative to the folder of flows, with {@code /}
 * @param number the version, if one is named
 */
record FlowTarget(String path, Optional<Long> number) {
    private static final String ENDING = ".camel.yaml";
    private static final Pattern NUMBERED = Pattern.compile("(.+)@(\\d{1,9})");

    /** @param routes the folder of flows on this machine */
    static FlowTarget of(String written, Path routes) {
        Matcher numbered = NUMBERED.matcher(written);
        String name = numbered.matches() ? numbered.group(1) : written;
        Optional<Long> number = numbered.matches() ? Optional.of(Long.valueOf(numbered.group(2))) : Optional.empty();
        Path here = Path.of(name).toAbsolutePath().normalize();
        Path folder = routes.toAbsolutePath().normalize();
        if (here.startsWith(folder) && Files.exists(here)) {
            return new FlowTarget(folder.relativize(here).toString().replace('\\', '/'), number);
        }
        String path = name.startsWith("./") ? name.substring(2) : name;
        return new FlowTarget(path.endsWith(ENDING) ? path : path + ENDING, number);
    }

    /**
     * A file that is to be made, as it is named on the command line.
     *
     * @param routes the folder of flows on this machine
     */
    static FlowTarget ofNew(String written, Path routes) {
        Path here = Path.of(written).toAbsolutePath().normalize();
        Path folder = routes.toAbsolutePath().normalize();
        String name = here.startsWith(folder) && !here.equals(folder)
                ? folder.relativize(here).toString().replace('\\', '/')
                : written.startsWith("./") ? written.substring(2) : written;
        return new FlowTarget(name.endsWith(ENDING) ? name : name + ENDING, Optional.empty());
    }

    /** The name of the file without folder and ending. */
    String stem() {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - ENDING.length());
    }

    /** The folder that the file is in; empty if it is in none. */
    String folder() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(path.lastIndexOf('/', slash - 1) + 1, slash);
    }

    /** For a path of the API. */
    String resource() {
        return "/api/v1/flow-files/" + HubClient.encoded(path);
    }
}
