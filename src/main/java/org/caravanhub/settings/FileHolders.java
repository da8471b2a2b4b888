package org.caravanhub.settings;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which other processes have a file open, as the kernel tells in {@code /proc} (proc(5)). */
public final class FileHolders {
    private static final Path PROC = Path.of("/proc");

    private FileHolders() {}

    /** {@code sqlite3 (pid 812)} for each of them that this user may look at; empty where there is no {@code /proc}. */
    public static List<String> of(Path file) {
        List<String> holders = new ArrayList<>();
        String own = Long.toString(ProcessHandle.current().pid());
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            Path real = file.toRealPath();
            for (Path process : processes) {
                String pid = process.getFileName().toString();
                if (!pid.equals(own) && holds(process, real)) {
                    holders.add(Files.readString(process.resolve("comm")).strip() + " (pid " + pid + ")");
                }
            }
        } catch (IOException e) {
            return List.copyOf(holders);
        }
        return List.copyOf(holders);
    }

    private static boolean holds(Path process, Path file) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (file.equals(Files.readSymbolicLink(descriptor))) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // gone meanwhile, or of another user
        }
        return false;
    }
}
