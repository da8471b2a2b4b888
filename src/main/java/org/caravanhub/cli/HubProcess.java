package org.caravanhub.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Caravan;
import org.caravanhub.PortTaken;
import org.caravanhub.broker.Account;
import org.caravanhub.broker.EmbeddedBroker;
import org.caravanhub.broker.PasswordHash;
import org.caravanhub.demo.EmulatedDevices;
import org.caravanhub.flow.FlowFile;
import org.caravanhub.log.Log;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.jspecify.annotations.Nullable;

/** The hub as the process: started, told where it is, and stopped cleanly by Ctrl-C and SIGTERM. */
final class HubProcess {
    /** systemd and people wait ten seconds at most before they kill. */
    private static final long STOP_SECONDS = 8;

    private HubProcess() {}

    /**
     * Runs until a signal, or until the devices end it.
     *
     * @return the exit code
     * @throws CommandFailed if it cannot start
     */
    static int run(Settings settings, EmulatedDevices devices, Clock clock) {
        Log.start();
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped), "stop"));
        List<Account> accounts = devices.credentials().stream()
                .map(credential -> Account.device(credential.device(), PasswordHash.of(credential.password())))
                .toList();
        try (Caravan hub = Caravan.start(settings, accounts)) {
            banner(hub, settings, devices, sinceStartOfProcess(clock)).print();
            hub.broker().ifPresent(broker -> devices.start(broker.url(), stop::countDown));
            stop.await();
            devices.close();
        } catch (PortTaken e) {
            throw new CommandFailed(ExitCode.CONFLICT, String.valueOf(e.getMessage()), "");
        } catch (Exception e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), "");
        } finally {
            stopped.countDown();
        }
        return ExitCode.OK;
    }

    private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                // What was acknowledged is committed; nothing else is worth waiting for.
                Runtime.getRuntime().halt(ExitCode.FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration sinceStartOfProcess(Clock clock) {
        Instant now = clock.instant();
        return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
    }

    private static Banner banner(Caravan hub, Settings settings, EmulatedDevices devices, Duration startedIn) {
        Path tokenFile = settings.data().resolve("admin.token");
        int emulated = devices.credentials().size();
        long running = hub.flows().stream().filter(FlowFile::isRunning).count();
        long broken = hub.flows().size() - running;
        return new Banner(
                Version.ofProgram(),
                settings.data(),
                startedIn,
                settings.text(Setting.HTTP_HOST),
                settings.port(Setting.HTTP_PORT),
                hub.broker().map(HubProcess::describe).orElse(settings.text(Setting.MQTT_URL)),
                emulated == 0 ? "" : emulated + " emulated devices",
                running + " running" + (broken == 0 ? "" : ", " + broken + " broken, see above") + ", in "
                        + settings.routes(),
                tokenFile,
                firstLine(tokenFile));
    }

    private static String describe(EmbeddedBroker broker) {
        EmbeddedBroker.Description what = broker.describe();
        return "port " + URI.create(broker.url()).getPort() + "   " + what.kind() + " " + what.version();
    }

    private static @Nullable String firstLine(Path tokenFile) {
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            return null;
        }
    }
}
