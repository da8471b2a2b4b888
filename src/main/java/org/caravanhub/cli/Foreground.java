package org.caravanhub.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.caravanhub.Caravan;
import org.caravanhub.HubRun;
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
     * @param settings reads them anew at each start
     * @param devices emulated ones, if any
     * @return {@link ExitCode#OK}; after a signal the process ends with the signal's own code
     * @throws CommandFailed if it cannot start
     */
    static int run(Supplier<Settings> settings, Supplier<EmulatedDevices> devices) throws InterruptedException {
        Log.start();
        EmulatedDevices[] now = {EmulatedDevices.NONE};
        HubRun run = new HubRun(settings, () -> now[0] = devices.get(), Version.ofProgram());
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run, closed), "stop"));
        try {
            run.run(hub -> banner(hub, now[0]).print());
        } catch (PortTaken | DataInUse e) {
            throw new CommandFailed(ExitCode.CONFLICT, String.valueOf(e.getMessage()), "");
        } catch (UnusableDatabase | BrokerUnavailable | CannotListen | java.io.UncheckedIOException e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), "");
        } finally {
            closed.countDown();
        }
        return ExitCode.OK;
    }

    /** The process ends when this returns, so it waits until all is committed. */
    private static void stop(HubRun hub, CountDownLatch closed) {
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
