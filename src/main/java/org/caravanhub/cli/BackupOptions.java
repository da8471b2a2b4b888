package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.BackupWiring;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.Shelf;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.SettingsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a hub's folders are, for commands about backups: they need no hub, and disturb none. */
final class BackupOptions {
    @Option(names = "--data", paramLabel = "DIR", description = "The data folder of the hub, if it is not ./data.")
    @Nullable
    String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file, instead of config/caravan.properties beside the program.")
    @Nullable
    Path config;

    Settings settings(Surroundings here) {
        Map<Setting, String> options = new EnumMap<>(Setting.class);
        if (data != null) {
            options.put(Setting.DATA, data);
        }
        return SettingsReader.read(here.home(), here.environment(), options, config);
    }

    BackupWiring wiring(Surroundings here) {
        return new BackupWiring(settings(here), Version.ofProgram(), Clock.systemUTC());
    }

    /** A backup by its name on the shelf, or a file anywhere. */
    Path find(Surroundings here, String named) throws IOException {
        Optional<Path> onShelf = wiring(here).shelf().find(named).map(BackupFile::path);
        Path file = onShelf.orElseGet(() -> Path.of(named));
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed(ExitCode.NOT_FOUND, "there is no backup " + named, command("backup list"));
        }
        return file;
    }

    /** The same; the newest if none is named. */
    Path findOrNewest(Surroundings here, @Nullable String named) throws IOException {
        if (named != null) {
            return find(here, named);
        }
        Shelf shelf = wiring(here).shelf();
        return shelf.newest()
                .map(BackupFile::path)
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.NOT_FOUND, "there is no backup in " + shelf.folder(), command("backup now")));
    }

    /** A command to type next. */
    String command(String command) {
        return System.getProperty("caravan.command", "caravan")
                + " "
                + command
                + (data == null ? "" : " --data " + data)
                + (config == null ? "" : " --config " + config);
    }
}
