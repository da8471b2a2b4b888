package org.caravanhub.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/**
 * Where a command runs.
 *
 * @param out for data
 * @param err for messages
 * @param environment as of {@link System#getenv()}
 * @param home the folder that the program is in
 * @param terminal whether {@code out} is a terminal; if not, output is for programs
 * @param errTerminal whether {@code err} is a terminal
 * @param columns how wide the terminal is
 * @param clock to tell how long ago something was
 */
record Surroundings(
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path home,
        boolean terminal,
        boolean errTerminal,
        int columns,
        Clock clock) {

    private static final int USUAL_COLUMNS = 80;

    /** Those of this process, as the launcher tells them: Java cannot ask whether only one of its outputs is a terminal. */
    static Surroundings ofProcess() {
        String terminal = System.getProperty("caravan.terminal", "");
        Map<String, String> environment = System.getenv();
        boolean out = terminal.contains("out");
        return new Surroundings(
                stream(FileDescriptor.out, out, environment),
                stream(FileDescriptor.err, terminal.contains("err"), environment),
                environment,
                Path.of(System.getProperty("caravan.home", ".")),
                out,
                terminal.contains("err"),
                columns(System.getProperty("caravan.columns", "")),
                Clock.systemDefaultZone());
    }

    /** Prints what the API answered as it came, and ends the line. */
    void print(byte[] body) {
        out.writeBytes(body);
        out.println();
    }

    /** The same for what is beside the data: {@code out} is where messages go. */
    Surroundings onErr() {
        return new Surroundings(err, err, environment, home, errTerminal, errTerminal, columns, clock);
    }

    /** Whether letters beyond ASCII can be shown; programs are always given UTF-8. */
    boolean unicode() {
        return !terminal || speaksUtf8(environment);
    }

    private static PrintStream stream(FileDescriptor descriptor, boolean terminal, Map<String, String> environment) {
        Charset charset = terminal && !speaksUtf8(environment) ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
        return new PrintStream(new FileOutputStream(descriptor), true, charset);
    }

    private static boolean speaksUtf8(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String locale = value.toLowerCase(Locale.ROOT);
                return locale.endsWith("utf-8") || locale.endsWith("utf8");
            }
        }
        return false;
    }

    private static int columns(String text) {
        try {
            int columns = Integer.parseInt(text.strip());
            return columns >= 20 ? columns : USUAL_COLUMNS;
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }
}
