package org.caravanhub.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.caravanhub.BackupWiring;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.SettingsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a hub's folders are, for commands about backups: they need no hub, and disturb none. */
class HubFolders {
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

    /** A command to type next. */
    String command(String command) {
        return System.getProperty("caravan.command", "caravan")
                + " "
                + command
                + (data == null ? "" : " --data " + data)
                + (config == null ? "" : " --config " + config);
    }
}
