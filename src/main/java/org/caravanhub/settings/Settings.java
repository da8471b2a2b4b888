package org.caravanhub.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What holds, after every place was read and checked. Immutable; may be shared by threads. */
public final class Settings {
    /** Keys with this beginning belong to users' own flows and are handed to them as they are. */
    static final String FLOW_KEYS = "flow.";

    private final Path home;
    private final Optional<Path> config;
    private final Map<Setting, Written> values;
    private final Map<String, String> flowKeys;

    Settings(Path home, Optional<Path> config, Map<Setting, Written> values, Map<String, String> flowKeys) {
        this.home = home;
        this.config = config;
        this.values = new EnumMap<>(values);
        this.flowKeys = Map.copyOf(flowKeys);
    }

    /** The folder that the program is in: it has {@code routes} and {@code config}. */
    public Path home() {
        return home;
    }

    /** The configuration file that was read, if there was one. */
    public Optional<Path> config() {
        return config;
    }

    /** The data folder. */
    public Path data() {
        return Path.of(text(Setting.DATA));
    }

    /** The folder with the flows. */
    public Path routes() {
        return optional(Setting.ROUTES).map(Path::of).orElseGet(() -> home.resolve("routes"));
    }

    /** The value as programs read it: times in milliseconds, sizes in bytes; empty for none. */
    public String text(Setting setting) {
        return written(setting).value();
    }

    /** The value, if there is one. */
    public Optional<String> optional(Setting setting) {
        return Optional.of(text(setting)).filter(value -> !value.isEmpty());
    }

    /** The value of a port. */
    public int port(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    /** The value of a count or of a size in bytes. */
    public long number(Setting setting) {
        return Long.parseLong(text(setting));
    }

    /** The value of a time. */
    public Duration duration(Setting setting) {
        return Duration.ofMillis(number(setting));
    }

    /** Where the value was written, for a person; {@code default} if nowhere. */
    public String place(Setting setting) {
        return written(setting).place();
    }

    /** What flows may ask for as <code>{{key}}</code>: every setting and every key that begins with {@code flow.} Holds secrets. */
    public Map<String, String> placeholders() {
        Map<String, String> all = new LinkedHashMap<>(flowKeys);
        values.forEach((setting, written) -> all.put(setting.key(), written.value()));
        return all;
    }

    private Written written(Setting setting) {
        Written written = values.get(setting);
        if (written == null) {
            throw new IllegalStateException("no value for " + setting.key());
        }
        return written;
    }

    /** Names the settings that were written, and no values. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Settings[");
        values.forEach((setting, written) -> {
            if (!written.place().equals(SettingsReader.DEFAULT)) {
                text.append(text.length() > 9 ? ", " : "").append(written.place());
            }
        });
        return text.append(']').toString();
    }
}
