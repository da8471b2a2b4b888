package org.caravanhub.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process with nothing but an embedded broker, to be killed. */
final class BrokerProcess implements AutoCloseable {
    private final Process process;

    private BrokerProcess(Process process) {
        this.process = process;
    }

    /** Starts one with the accounts of the tests, and returns when it runs. */
    static BrokerProcess start(BrokerSettings settings, String... jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                settings.kind().name(),
                String.valueOf(settings.port()),
                settings.directory().toString()));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            BufferedReader lines = process.inputReader(UTF_8);
            String line = lines.readLine();
            List<String> said = new ArrayList<>();
            while (line != null && !line.equals("READY")) {
                said.add(line);
                line = lines.readLine();
            }
            if (line == null) {
                throw new AssertionError("the broker's process ended: " + said);
            }
            Thread rest = new Thread(() -> drain(lines), "broker-process");
            rest.setDaemon(true);
            rest.start();
            return new BrokerProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void drain(BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.err.println(line);
            }
        } catch (IOException e) {
            // killed
        }
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws InterruptedException {
        BrokerSettings settings = new BrokerSettings(
                BrokerSettings.Kind.valueOf(arguments[0]),
                "127.0.0.1",
                Integer.parseInt(arguments[1]),
                Path.of(arguments[2]));
        EmbeddedBroker.choose(settings, Clock.systemUTC())
                .orElseThrow()
                .start(List.of(
                        EmbeddedBrokerTest.HUB_ACCOUNT,
                        EmbeddedBrokerTest.GATE_ACCOUNT,
                        EmbeddedBrokerTest.MAST_ACCOUNT));
        System.out.println("READY");
        new CountDownLatch(1).await();
    }
}
