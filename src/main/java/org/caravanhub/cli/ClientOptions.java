package org.caravanhub.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.settings.DataFolder;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.SettingsReader;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes that asks the hub. */
final class ClientOptions {
    private static final Path SERVICE = Path.of("/etc/systemd/system/caravan.service");
    private static final Path SERVICE_DATA = Path.of("/var/lib/caravan");

    @Option(names = "--json", description = "Answer with the body of the API, as it came.")
    boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "auto, always or never. auto means: on a terminal, unless NO_COLOR is set.")
    Color color = Color.AUTO;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The hub, instead of the one on this machine. Also CARAVAN_URL.")
    @Nullable
    String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "The file with the token, instead of admin.token in the data folder. Also CARAVAN_TOKEN_FILE.")
    @Nullable
    Path tokenFile;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder of the hub, if it is not ./data.")
    @Nullable
    String data;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "The port of the hub on this machine, instead of the one that it has told its data folder.")
    @Nullable
    String httpPort;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file of the hub.")
    @Nullable
    Path config;

    /** When to use colour. */
    enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    /** The hub's settings, as the hub itself would read them here. */
    Settings settings(Surroundings here) {
        return SettingsReader.read(here.home(), here.environment(), options(), config);
    }

    /** The same for a command that goes on with what is right of them. */
    SettingsReader.Read settingsWithMistakes(Surroundings here) {
        return SettingsReader.readWithMistakes(here.home(), here.environment(), options(), config);
    }

    /** Whether the hub that is meant is another than this machine's. */
    boolean isElsewhere(Surroundings here) {
        return url != null
                || !here.environment().getOrDefault("CARAVAN_URL", "").isEmpty();
    }

    private Map<Setting, String> options() {
        Map<Setting, String> options = new EnumMap<>(Setting.class);
        if (data != null) {
            options.put(Setting.DATA, data);
        }
        if (httpPort != null) {
            options.put(Setting.HTTP_PORT, httpPort);
        }
        return options;
    }

    /** A connection to the hub that these options mean. */
    HubClient api(Surroundings here) {
        return api(here, settings(here));
    }

    /** The same with settings that were read already. */
    HubClient api(Surroundings here, Settings settings) {
        String elsewhere = url != null ? url : here.environment().getOrDefault("CARAVAN_URL", "");
        String named = here.environment().getOrDefault("CARAVAN_TOKEN_FILE", "");
        Advice advice = advice(elsewhere.isEmpty() ? Optional.of(settings.data()) : Optional.empty());
        if (tokenFile != null || !named.isEmpty()) {
            return new HubClient(
                    elsewhere.isEmpty() ? local(settings) : elsewhere,
                    tokenFile != null ? tokenFile : Path.of(named),
                    advice);
        }
        // The token of this machine's hub is for this machine's hub only.
        return elsewhere.isEmpty()
                ? new HubClient(local(settings), settings.data().resolve("admin.token"), advice)
                : new HubClient(elsewhere, null, advice);
    }

    /** Whether these options mean the hub of this machine, whose files can be looked at. */
    boolean isOfThisMachine(Surroundings here) {
        return url == null && here.environment().getOrDefault("CARAVAN_URL", "").isEmpty();
    }

    private Advice advice(Optional<Path> folder) {
        boolean demo = folder.isPresent() && data == null && Files.exists(Path.of("data-demo", "admin.token"));
        boolean isService = folder.filter(SERVICE_DATA::equals).isPresent() && Files.exists(SERVICE);
        return new Advice(isService ? "sudo systemctl start caravan" : hubCommand("up"), folder, demo);
    }

    /** A command to type next, for the hub that these options mean. */
    String command(String command) {
        StringBuilder line = new StringBuilder(hubCommand(command));
        append(line, "--url", url);
        append(line, "--token-file", tokenFile == null ? null : tokenFile.toString());
        return line.toString();
    }

    private String hubCommand(String command) {
        StringBuilder line = new StringBuilder(System.getProperty("caravan.command", "caravan"));
        line.append(' ').append(command);
        append(line, "--data", data);
        append(line, "--http-port", httpPort);
        append(line, "--config", config == null ? null : config.toString());
        return line.toString();
    }

    private static void append(StringBuilder line, String option, @Nullable String value) {
        if (value != null) {
            String shown = Plain.line(value);
            boolean plain = shown.matches("[\\w./:@%+,=-]+");
            line.append(' ').append(option).append(' ').append(plain ? shown : "'" + shown.replace("'", "'\\''") + "'");
        }
    }

    /** Says what to do next, for people: {@code → to bring it back: caravan flow restore ...}. */
    void hint(Surroundings here, String next) {
        here.err().println(hintLine(here, next));
    }

    /** The same as a line. */
    String hintLine(Surroundings here, String next) {
        return "  " + style(here).symbol("→", "->") + " " + next;
    }

    Style style(Surroundings here) {
        boolean colored =
                switch (color) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO ->
                        here.terminal()
                                && here.environment()
                                        .getOrDefault("NO_COLOR", "")
                                        .isEmpty()
                                && !"dumb".equals(here.environment().get("TERM"));
                };
        return new Style(colored, here.unicode());
    }

    /** A hub that runs says itself which port it has, unless another was asked for. */
    private String local(Settings settings) {
        String port = httpPort != null
                ? httpPort
                : DataFolder.httpPort(settings.data())
                        .map(String::valueOf)
                        .orElseGet(() -> settings.text(Setting.HTTP_PORT));
        String host = settings.text(Setting.HTTP_HOST);
        boolean every = host.equals("0.0.0.0") || host.equals("::");
        return "http://" + (every ? "127.0.0.1" : host) + ":" + port;
    }
}
