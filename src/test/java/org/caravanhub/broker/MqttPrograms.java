package org.caravanhub.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.Await;
import org.jspecify.annotations.Nullable;

/** Real clients: the programs mosquitto_pub and mosquitto_sub. */
public final class MqttPrograms {
    private static final long PATIENCE_SECONDS = 15;

    private MqttPrograms() {}

    /** What a program said, and how it ended. */
    public record Result(int exit, String output) {}

    /** Publishes with QoS 1 and MQTT 5; further arguments as on the command line. */
    public static Result publish(String url, List<String> login, String topic, String text, String... more) {
        List<String> command = new ArrayList<>(List.of("mosquitto_pub"));
        connect(command, url, login);
        command.addAll(List.of("-V", "5", "-q", "1", "-t", topic, "-m", text));
        command.addAll(List.of(more));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + String.join(" ", command));
            }
            return new Result(
                    process.exitValue(), new String(process.getInputStream().readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public static List<String> login(String user, String password) {
        return List.of("-u", user, "-P", password);
    }

    private static void connect(List<String> command, String url, List<String> login) {
        URI uri = URI.create(url);
        command.addAll(List.of("-h", uri.getHost(), "-p", String.valueOf(uri.getPort())));
        command.addAll(login);
    }

    /** A mosquitto_pub that sends 1, 2, 3, … with QoS 1 and tells which were acknowledged. */
    static final class Publisher implements AutoCloseable {
        private final Process process;
        private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        private final Thread reader;

        private Publisher(Process process) {
            this.process = process;
            this.reader = new Thread(this::read, "mosquitto_pub");
            reader.setDaemon(true);
            reader.start();
        }

        static Publisher open(String url, List<String> login, String topic) {
            List<String> command = new ArrayList<>(List.of("stdbuf", "-oL", "-eL", "mosquitto_pub", "-d", "-l"));
            connect(command, url, login);
            command.addAll(List.of("-V", "5", "-q", "1", "-t", topic));
            try {
                return new Publisher(
                        new ProcessBuilder(command).redirectErrorStream(true).start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Sends numbers from 1; the message with the number n has the packet id n. */
        void send(int count) {
            Thread writer = new Thread(
                    () -> {
                        try {
                            for (int n = 1; n <= count; n++) {
                                process.getOutputStream().write((n + "\n").getBytes(UTF_8));
                                process.getOutputStream().flush();
                            }
                        } catch (IOException e) {
                            // the program was closed
                        }
                    },
                    "numbers");
            writer.setDaemon(true);
            writer.start();
        }

        void awaitAcknowledged(int count) {
            Await.until("enough acknowledgements", Duration.ofSeconds(60), () -> acknowledged.size() >= count);
        }

        /** Which numbers were acknowledged until now, or until it was closed. */
        Set<Integer> acknowledged() {
            close();
            return Set.copyOf(acknowledged);
        }

        private void read() {
            Pattern puback = Pattern.compile("received PUBACK \\(Mid: (\\d+)");
            try (BufferedReader lines = process.inputReader(UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher matcher = puback.matcher(line);
                    if (matcher.find()) {
                        acknowledged.add(Integer.parseInt(matcher.group(1)));
                    }
                }
            } catch (IOException e) {
                // closed
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
            try {
                reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A mosquitto_sub that runs until it is closed. */
    public static final class Subscriber implements AutoCloseable {
        private static final String MARK = "MESSAGE ";
        private final Process process;
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final AtomicInteger connections = new AtomicInteger();
        private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

        private Subscriber(Process process) {
            this.process = process;
            Thread reader = new Thread(this::read, "mosquitto_sub");
            reader.setDaemon(true);
            reader.start();
        }

        /** Returns when the broker has answered the subscription, or refused the connection. */
        public static Subscriber open(String url, List<String> login, List<String> filters, String... more) {
            List<String> command = new ArrayList<>(List.of("stdbuf", "-oL", "-eL", "mosquitto_sub", "-d"));
            connect(command, url, login);
            command.addAll(List.of("-V", "5", "-q", "1", "-F", MARK + "%t %p"));
            filters.forEach(filter -> command.addAll(List.of("-t", filter)));
            command.addAll(List.of(more));
            try {
                Subscriber subscriber = new Subscriber(
                        new ProcessBuilder(command).redirectErrorStream(true).start());
                subscriber.awaitNews("Subscribed");
                return subscriber;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The next message as {@code TOPIC TEXT}; null if none came in time. */
        @Nullable
        String next() {
            try {
                return messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }

        /** All messages up to this one, which is expected. */
        public List<String> until(String last) {
            List<String> all = new ArrayList<>();
            String message = next();
            while (message != null && !message.equals(last)) {
                all.add(message);
                message = next();
            }
            if (message == null) {
                throw new AssertionError("never came: " + last + "; came: " + all);
            }
            all.add(message);
            return all;
        }

        /** What came until now. */
        public List<String> messages() {
            return List.copyOf(messages);
        }

        /** How often it connected. */
        public int connections() {
            return connections.get();
        }

        /** Ends it without a word to the broker, which then sends its last will. */
        void kill() {
            process.destroyForcibly();
            ends();
        }

        /** Waits until the program has ended, as it does when it is refused. */
        boolean ends() {
            try {
                return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Waits until its output has a line with this text, or ends. */
        public void awaitNews(String text) {
            try {
                List<String> seen = new ArrayList<>();
                String line = news.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                while (line != null && !line.contains(text)) {
                    seen.add(line);
                    line = news.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                }
                if (line == null) {
                    throw new AssertionError("never said: " + text + "; said: " + seen);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void read() {
            try (BufferedReader lines = process.inputReader(UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(MARK)) {
                        messages.add(line.substring(MARK.length()));
                    } else {
                        if (line.contains("sending CONNECT")) {
                            connections.incrementAndGet();
                        }
                        news.add(line);
                    }
                }
            } catch (IOException e) {
                // closed
            }
            news.add("END");
        }

        @Override
        public void close() {
            kill();
        }
    }
}
