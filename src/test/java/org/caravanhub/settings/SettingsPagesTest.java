package org.caravanhub.settings;

import java.io.IOException;
import org.caravanhub.GeneratedFile;
import org.junit.jupiter.api.Test;

/** The files that explain the settings are made from the one list. */
class SettingsPagesTest {
    @Test
    void theExampleFileNamesEverySetting() throws IOException {
        StringBuilder text = new StringBuilder("""
                ## Caravan's configuration. Copy it to caravan.properties beside this file, or into the data folder, and take the `#`
                ## away where you choose something else than the default.
                ##
                ## One `key = value` a line, in UTF-8, no escapes: a value is read as it is written, without the blanks around it.
                ## Keys that begin with `flow.` are yours: a flow reads {{flow.anything}}.
                """);
        for (Setting setting : Setting.values()) {
            text.append("\n## ").append(setting.sentence());
            text.append("\n## ").append(setting.kind().form());
            text.append("\n# ").append(setting.key()).append(" = ").append(setting.defaultValue());
            text.setLength(text.toString().stripTrailing().length());
            text.append('\n');
        }
        GeneratedFile.mustBe("config/caravan.properties.example", text.toString());
    }

    @Test
    void theEnvironmentFileNamesEverySetting() throws IOException {
        StringBuilder text = new StringBuilder("""
                ## Caravan's configuration as environment variables, for systemd's EnvironmentFile= or Compose's env_file. What is set here
                ## wins over the files. Keep it readable by one user only if it holds a password: chmod 600.
                """);
        for (Setting setting : Setting.values()) {
            text.append("\n## ").append(setting.sentence());
            text.append("\n# ")
                    .append(setting.variable())
                    .append('=')
                    .append(setting.defaultValue())
                    .append('\n');
        }
        GeneratedFile.mustBe("config/caravan.env.example", text.toString());
    }

    @Test
    void theReferenceNamesEverySetting() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Settings

                Made from `org.caravanhub.settings.Setting`; a test keeps it true.

                A setting is written in one of five places. The first that has it wins:

                1. an option of `caravan up` or `caravan demo`: `--http-port 8081`
                2. the environment: `CARAVAN_HTTP_PORT=8081`
                3. `caravan.properties` in the data folder: `caravan.http.port = 8081`
                4. `config/caravan.properties` beside the program, or the file that `--config` or `CARAVAN_CONFIG` names
                5. the default

                A flow reads it as `{{caravan.http.port}}`. Keys that begin with `flow.` are yours: the hub hands them to flows as they are.
                An unknown key or a wrong value is told with its line and the nearest right one, and nothing starts (exit code 6).
                A secret is no option, because every user of the machine can read the arguments of a process.

                | key | option | variable | default | value |
                |---|---|---|---|---|
                """);
        for (Setting setting : Setting.values()) {
            text.append("| `").append(setting.key()).append("` | ");
            text.append(setting.option().map(option -> "`" + option + "`").orElse("–"));
            text.append(" | `").append(setting.variable()).append("` | ");
            text.append(setting.defaultValue().isEmpty() ? "–" : "`" + setting.defaultValue() + "`");
            text.append(" | ").append(setting.kind().form()).append(" |\n");
        }
        for (Setting setting : Setting.values()) {
            text.append("\n## ")
                    .append(setting.key())
                    .append("\n\n")
                    .append(setting.sentence())
                    .append('\n');
        }
        GeneratedFile.mustBe("docs/reference/settings.md", text.toString());
    }
}
