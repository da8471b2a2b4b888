package org.caravanhub.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * systemd, as far as it wants to hear from the service that it has started ({@code Type=notify}).
 *
 * <p>Java has no datagrams on Unix sockets, so the program {@code systemd-notify} sends them, which is wherever systemd is. Measured: 7 ms
 * each. Netty's native sockets would do it without a process, but those on the class path are for x86_64 alone, and there are none for a
 * 32-bit Pi.
 */
public final class Systemd {
    private static final Logger LOG = LoggerFactory.getLogger(Systemd.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<String> program;
    private final Optional<Duration> patience;

    private Systemd(List<String> program, Optional<Duration> patience) {
        this.program = program;
        this.patience = patience;
    }

    /**
     * The one that has started this process and wants to hear from it; nothing if there is none.
     *
     * @param environment as of {@link System#getenv()}
     */
    public static Optional<Systemd> of(Map<String, String> environment) {
        return of(environment, List.of("systemd-notify"));
    }

    static Optional<Systemd> of(Map<String, String> environment, List<String> program) {
        if (environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty()) {
            return Optional.empty();
        }
        String microseconds = environment.getOrDefault("WATCHDOG_USEC", "");
        return Optional.of(new Systemd(
                program,
                microseconds.matches("[1-9]\\d{0,15}")
                        ? Optional.of(Duration.ofNanos(Long.parseLong(microseconds) * 1_000))
                        : Optional.empty()));
    }

    /** How long it waits for a sign of life before it starts the service anew; nothing if it waits for none. */
    Optional<Duration> patience() {
        return patience;
    }

    /**
     * Tells it something, and returns when it was told, or after five seconds. What cannot be told is in the log.
     *
     * @param words assignments of {@code sd_notify(3)}: {@code READY=1}
     */
    void tell(String... words) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(words));
        try {
            ProcessBuilder program = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            // Settings may stand there, and secrets.
            program.environment().keySet().removeIf(name -> name.startsWith("CARAVAN_"));
            Process process = program.start();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                LOG.warn("systemd=untold words={} reason=\"it does not take them\"", words[0]);
            } else if (process.exitValue() != 0) {
                LOG.warn(
                        "systemd=untold words={} reason=\"systemd-notify ends with {}\"",
                        words[0],
                        process.exitValue());
            }
        } catch (IOException e) {
            LOG.warn("systemd=untold words={} reason=\"{}\"", words[0], e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
