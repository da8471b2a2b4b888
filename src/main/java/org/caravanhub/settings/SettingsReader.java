package org.caravanhub.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value of every setting. An option wins over the environment, the environment over {@code DIR/caravan.properties} in the
 * data folder, that over the configuration file ({@code config/caravan.properties} beside the program, or the one that
 * {@code --config} or {@code CARAVAN_CONFIG} names), and that over the default. An empty value is the same as none.
 */
public final class SettingsReader {
    static final String DEFAULT = "default";

    /** The name of the file in the data folder, and of the one in the folder {@code config} beside the program. */
    static final String FILE = "caravan.properties";

    private static final String CONFIG_VARIABLE = "CARAVAN_CONFIG";

    /** The secrets of flows, see {@code secret.Secrets}. */
    private static final String SECRETS = "CARAVAN_SECRET_";

    /** Read by the launcher, by commands and by {@code caravan-accounts}, not settings of the hub. */
    private static final List<String> OTHER_VARIABLES = List.of(
            CONFIG_VARIABLE,
            "CARAVAN_COMMAND",
            "CARAVAN_DYNSEC",
            "CARAVAN_DYNSEC_FIRST",
            "CARAVAN_DYNSEC_OWNER",
            "CARAVAN_JAVA_HOME",
            "CARAVAN_JAVA_OPTS",
            "CARAVAN_JVM_DIR",
            "CARAVAN_TOKEN_FILE",
            "CARAVAN_URL");

    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, String> flowKeys = new HashMap<>();

    private SettingsReader() {}

    /**
     * Reads all places.
     *
     * @param home the folder that the program is in
     * @param environment as of {@link System#getenv()}
     * @param options what was given on the command line
     * @param config the file that {@code --config} names, if it was given
     * @throws WrongSettings with every mistake in all places
     * @throws UnusableFolder if the data folder cannot be looked into
     */
    public static Settings read(
            Path home, Map<String, String> environment, Map<Setting, String> options, @Nullable Path config) {
        SettingsReader reader = new SettingsReader();
        Settings settings = reader.readAll(home, environment, options, config);
        if (!reader.mistakes.isEmpty()) {
            throw new WrongSettings(reader.mistakes);
        }
        return settings;
    }

    /**
     * What is right of them, and the mistakes.
     *
     * @param settings without what is wrong, which has its default
     * @param mistakes a line each
     */
    public record Read(Settings settings, List<String> mistakes) {}

    /** The same for somebody who looks for mistakes. */
    public static Read readWithMistakes(
            Path home, Map<String, String> environment, Map<Setting, String> options, @Nullable Path config) {
        SettingsReader reader = new SettingsReader();
        Settings settings = reader.readAll(home, environment, options, config);
        return new Read(settings, List.copyOf(reader.mistakes));
    }

    private Settings readAll(
            Path home, Map<String, String> environment, Map<Setting, String> options, @Nullable Path config) {
        Map<Setting, Written> byFile = layer(configFile(home, environment, config));
        Map<Setting, Written> byEnvironment = layer(variables(environment));
        Map<Setting, Written> byOption = layer(options.entrySet().stream()
                .map(option -> new Written(
                        option.getKey().key(),
                        option.getValue(),
                        option.getKey().option().orElse("")))
                .toList());

        Map<Setting, Written> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = setting.kind().reader().apply(setting.defaultValue());
            values.put(setting, new Written(setting.key(), value, DEFAULT));
        }
        values.putAll(byFile);
        Written data = first(Setting.DATA, byOption, byEnvironment, values);
        values.putAll(layer(folderFile(data)));
        values.putAll(byEnvironment);
        values.putAll(byOption);
        return new Settings(home, configPath(home, environment, config), values, flowKeys);
    }

    @SafeVarargs
    private static Written first(Setting setting, Map<Setting, Written>... layers) {
        return Arrays.stream(layers)
                .flatMap(layer -> Optional.ofNullable(layer.get(setting)).stream())
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Path> configPath(Path home, Map<String, String> environment, @Nullable Path config) {
        String byVariable = environment.getOrDefault(CONFIG_VARIABLE, "");
        Path named = config == null && !byVariable.isEmpty() ? Path.of(byVariable) : config;
        return Optional.of(named == null ? home.resolve("config").resolve(FILE) : named)
                .filter(Files::exists);
    }

    private List<Written> configFile(Path home, Map<String, String> environment, @Nullable Path config) {
        String byVariable = environment.getOrDefault(CONFIG_VARIABLE, "");
        if (config == null && byVariable.isEmpty()) {
            Path usual = home.resolve("config").resolve(FILE);
            return Files.exists(usual) ? PropertiesFile.read(usual, mistakes) : List.of();
        }
        Path named = config == null ? Path.of(byVariable) : config;
        if (Files.notExists(named)) {
            String who = config == null ? CONFIG_VARIABLE : "--config";
            mistakes.add(who + ": there is no file " + Quoted.atLength(named.toString()));
            return List.of();
        }
        return PropertiesFile.read(named, mistakes);
    }

    /** The file in the data folder; it cannot say where the data folder is. */
    private List<Written> folderFile(Written data) {
        Path folder = Path.of(data.value());
        Path file = folder.resolve(FILE);
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw UnusableFolder.closed(folder, e);
        }
        List<Written> found = new ArrayList<>();
        for (Written written : PropertiesFile.read(file, mistakes)) {
            if (written.key().equals(Setting.DATA.key())) {
                mistakes.add(written.place() + ": " + written.key() + " cannot be set inside the data folder");
            } else {
                found.add(written);
            }
        }
        return found;
    }

    private List<Written> variables(Map<String, String> environment) {
        List<Written> found = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith("CARAVAN_") && !name.startsWith(SECRETS) && !OTHER_VARIABLES.contains(name)) {
                Setting.ofVariable(name)
                        .ifPresentOrElse(
                                setting -> found.add(new Written(setting.key(), value, name)),
                                () -> mistakes.add("environment: unknown variable " + Quoted.atLength(name)
                                        + didYouMean(name, variableNames())));
            }
        });
        return found;
    }

    /** What of it can be used, in its one form; the rest are mistakes. */
    private Map<Setting, Written> layer(List<Written> all) {
        Map<Setting, Written> accepted = new EnumMap<>(Setting.class);
        for (Written written : all) {
            Optional<Setting> setting = Setting.ofKey(written.key());
            if (setting.isPresent()) {
                accept(setting.get(), written).ifPresent(value -> accepted.put(setting.get(), value));
            } else if (written.key().startsWith(Settings.FLOW_KEYS)) {
                flowKeys.put(written.key(), written.value());
            } else {
                mistakes.add(written.place() + ": unknown setting " + Quoted.atLength(written.key())
                        + didYouMean(written.key(), keys()));
            }
        }
        return accepted;
    }

    private Optional<Written> accept(Setting setting, Written written) {
        if (written.value().isEmpty()) {
            return Optional.empty();
        }
        try {
            String value = setting.kind().reader().apply(written.value());
            return Optional.of(new Written(written.key(), value, written.place()));
        } catch (IllegalArgumentException e) {
            mistakes.add(
                    written.place() + ": " + setting.key() + " is " + Quoted.atLength(withoutUserInfo(written.value()))
                            + ", and should be " + setting.kind().form());
            return Optional.empty();
        }
    }

    /** A password in a URL is a mistake that is often made; it must not be repeated to the journal. */
    private static String withoutUserInfo(String value) {
        int from = value.indexOf("//");
        int to = value.lastIndexOf('@');
        return from >= 0 && to > from ? value.substring(0, from + 2) + "…" + value.substring(to) : value;
    }

    private static String didYouMean(String written, List<String> names) {
        return Nearest.to(written, names)
                .map(near -> " – did you mean \"" + near + "\"?")
                .orElse("; docs/reference/settings.md lists them all");
    }

    private static List<String> keys() {
        return Arrays.stream(Setting.values()).map(Setting::key).toList();
    }

    private static List<String> variableNames() {
        List<String> names = new ArrayList<>(OTHER_VARIABLES);
        Arrays.stream(Setting.values()).map(Setting::variable).forEach(names::add);
        return names;
    }
}
