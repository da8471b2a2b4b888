package org.caravanhub.cli;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.SettingsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every setting as an option, for the commands that run a hub. */
final class HubOptions {
    private static final String CONFIG = "--config";

    private HubOptions() {}

    /** The command with an option for each setting that may be one. */
    static CommandLine asOptions(Object command) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        spec.addOption(OptionSpec.builder(CONFIG)
                .paramLabel("FILE")
                .type(Path.class)
                .description("The configuration file, instead of config/caravan.properties beside the program.")
                .build());
        for (Setting setting : Setting.values()) {
            setting.option()
                    .ifPresent(option -> spec.addOption(OptionSpec.builder(option)
                            .paramLabel(option.substring(option.lastIndexOf('-') + 1)
                                    .toUpperCase(java.util.Locale.ROOT))
                            .type(String.class)
                            .description(description(setting))
                            .build()));
        }
        return new CommandLine(spec);
    }

    private static String description(Setting setting) {
        String value = setting.defaultValue();
        // %% and ${} mean something to picocli.
        return (setting.sentence() + (value.isEmpty() ? "" : " Default: " + value))
                .replace("%", "%%")
                .replace("`", "");
    }

    /** The settings for what was typed. */
    static Settings settings(CommandSpec spec, Surroundings here, Map<Setting, String> overrides) {
        CommandLine.ParseResult typed = spec.commandLine().getParseResult();
        Map<Setting, String> options = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            setting.option().ifPresent(option -> {
                String value = typed.matchedOptionValue(option, (String) null);
                if (value != null) {
                    options.put(setting, value);
                }
            });
        }
        overrides.forEach(options::putIfAbsent);
        @Nullable Path config = typed.matchedOptionValue(CONFIG, (Path) null);
        return SettingsReader.read(here.home(), here.environment(), options, config);
    }
}
