package org.caravanhub.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanhub.health.Health;

/** Whether the hub would start with its settings, and whether its passwords are everybody's to read. */
public final class SettingsLook {
    private static final int MOST = 3;

    private SettingsLook() {}

    /**
     * @param mistakes a line each, with file and line
     * @param file the configuration file, if there is one
     */
    public static Health look(List<String> mistakes, Optional<Path> file) throws IOException {
        if (!mistakes.isEmpty()) {
            return Health.problem(
                    String.join("; ", mistakes.subList(0, Math.min(MOST, mistakes.size())))
                            + (mistakes.size() > MOST ? "; and " + (mistakes.size() - MOST) + " more" : "") + ".",
                    "A hub that runs goes on with what it has; it does not start again with these settings.",
                    "Correct the line; docs/reference/settings.md lists them all.");
        }
        if (file.isEmpty()) {
            return Health.ok("The settings are right; there is no configuration file.");
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file.get());
        boolean hasSecret = Files.readString(file.get())
                .lines()
                .anyMatch(line -> line.matches("\\s*caravan\\.[\\w.-]*(password|secret|token|key)\\s*=\\s*\\S.*"));
        if (hasSecret && mode.contains(PosixFilePermission.OTHERS_READ)) {
            return Health.warning(
                    "The settings are right, but everybody on this machine may read " + file.get() + " ("
                            + PosixFilePermissions.toString(mode) + ").",
                    "There are passwords in it.",
                    "sudo chmod o-rwx " + file.get());
        }
        return Health.ok("The settings are right: " + file.get() + ".");
    }
}
