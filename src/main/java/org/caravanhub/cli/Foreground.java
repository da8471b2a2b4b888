package org.caravanhub.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Caravan;
import org.caravanhub.broker.BrokerUnavailable;
import org.caravanhub.demo.EmulatedDevices;
import org.caravanhub.http.AdminToken;
import org.caravanhub.log.Log;
import org.caravanhub.settings.CannotListen;
import org.caravanhub.settings.DataInUse;
import org.caravanhub.settings.PortTaken;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.store.UnusableDatabase;

/** A hub in the foreground, from its start until SIGTERM or Ctrl-C. */
final class Foreground {
    private static final long STOP_SECONDS = 8;

    private Foreground() {}

    /**
     * Runs a hub until somebody stops it.
     *
     * @param devices emulated ones, if any
     * @return {@link ExitCode#OK}; after a signal the process ends with the signal's own code
     * @throws CommandFailed if it cannot start
     */
    static int run(Settings settings, EmulatedDevices devices) throws InterruptedException {
        Log.start();
        try (Caravan hub = start(settings, devices)) {
            CountDownLatch closed = new CountDownLatch(1);
            Thread onSignal = new Thread(() -> stop(hub, closed), "stop");
            Runtime.getRuntime().addShutdownHook(onSignal);
            banner(hub, devices).print();
            hub.awaitStop();
            hub.close();
            closed.countDown();
        }
        return ExitCode.OK;
    }

    private static Caravan start(Settings settings, EmulatedDevices devices) {
        try {
            return Caravan.start(settings, devices);
        } catch (PortTaken | DataInUse e) {
            throw new CommandFailed(ExitCode.CONFLICT, String.valueOf(e.getMessage()), "");
        } catch (UnusableDatabase | BrokerUnavailable | CannotListen | java.io.UncheckedIOException e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), "");
        }
    }

    /** The process ends when this returns, so it waits until all is committed. */
    private static void stop(Caravan hub, CountDownLatch closed) {
        hub.stop();
        try {
            if (closed.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("Stopped; what was acknowledged is kept.");
            } else {
                System.err.println("The hub did not stop within " + STOP_SECONDS + " s and is ended.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Banner banner(Caravan hub, EmulatedDevices devices) {
        Settings settings = hub.settings();
        Caravan.Facts facts = hub.facts();
        Path data = settings.data();
        int emulated = devices.credentials().size();
        long startedAt = ManagementFactory.getRuntimeMXBean().getStartTime();
        return new Banner(
                Version.ofProgram(),
                data,
                Duration.ofMillis(System.currentTimeMillis() - startedAt),
                settings.text(Setting.HTTP_HOST),
                facts.httpPort(),
                facts.broker(),
                emulated == 0 ? "" : emulated + " emulated devices",
                facts.flows() + " running, in " + settings.routes(),
                data.resolve(AdminToken.FILE),
                facts.token().isFresh() ? facts.token().text() : null);
    }
}
