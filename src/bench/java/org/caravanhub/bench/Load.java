package org.caravanhub.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Publishes telemetry of the paku hierarchy with QoS 1: unique in device and moment, some of it malformed, at a rate or as fast as
 * the broker takes it. Each device keeps to one connection, so that its messages stay in order.
 */
public final class Load {
    private static final int MALFORMED_KINDS = 5;

    /**
     * What to publish.
     *
     * @param port of a broker on 127.0.0.1
     * @param user empty to connect without one
     * @param password of that user
     * @param devices how many devices speak
     * @param connections over how many connections
     * @param messages how many messages in all
     * @param perSecond how many a second; 0 for as fast as possible
     * @param malformedPerThousand how many of a thousand are malformed
     * @param firstSequence where the devices' counting of their messages starts: ranges that do not overlap make readings that
     *     do not repeat
     */
    public record Plan(
            int port,
            String user,
            String password,
            int devices,
            int connections,
            int messages,
            double perSecond,
            int malformedPerThousand,
            long firstSequence) {

        /** As many messages, of 50 devices over 4 connections, as fast as possible, all of them well formed. */
        public static Plan of(int port, int messages) {
            return new Plan(port, "", "", 50, 4, messages, 0, 0, 0);
        }

        public Plan as(String newUser, String newPassword) {
            return new Plan(
                    port,
                    newUser,
                    newPassword,
                    devices,
                    connections,
                    messages,
                    perSecond,
                    malformedPerThousand,
                    firstSequence);
        }

        public Plan perSecond(double rate) {
            return new Plan(
                    port, user, password, devices, connections, messages, rate, malformedPerThousand, firstSequence);
        }

        public Plan malformedPerThousand(int share) {
            return new Plan(port, user, password, devices, connections, messages, perSecond, share, firstSequence);
        }

        public Plan from(long sequence) {
            return new Plan(
                    port, user, password, devices, connections, messages, perSecond, malformedPerThousand, sequence);
        }

        public Plan devices(int count) {
            return new Plan(
                    port,
                    user,
                    password,
                    count,
                    Math.min(connections, count),
                    messages,
                    perSecond,
                    malformedPerThousand,
                    firstSequence);
        }

        /** The first sequence that a following plan of as many devices may start with. */
        public long nextSequence() {
            return firstSequence + messages / devices + 1;
        }

        /** Whether this message is malformed. */
        public boolean isMalformed(int message) {
            return malformedPerThousand > 0 && mix(message) % 1000 < malformedPerThousand;
        }

        /** The device of this message. */
        public int device(int message) {
            return message % devices;
        }

        /** When its device measured it: once a second, in milliseconds. */
        public long measuredAtMillis(int message) {
            return Telemetry.START_MILLIS + (firstSequence + message / devices) * 1000;
        }

        String topic(int message) {
            int device = device(message);
            return "paku/" + Telemetry.system(device) + "/" + Telemetry.device(device) + "/data";
        }

        byte[] payload(Telemetry telemetry, int message) {
            int device = device(message);
            long sequence = firstSequence + message / devices;
            return isMalformed(message)
                    ? telemetry.malformed(
                            (int) (mix(message) / 1000 % MALFORMED_KINDS), device, sequence, measuredAtMillis(message))
                    : telemetry.payload(device, sequence, measuredAtMillis(message));
        }

        private long mix(int message) {
            long mixed = (firstSequence * 1_000_003L + message) * 0x9e3779b97f4a7c15L;
            return (mixed ^ (mixed >>> 29)) >>> 1;
        }
    }

    private final Plan plan;
    private final PublisherLog log;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final List<Publisher> publishers = new ArrayList<>();
    private final long startNanos;

    private Load(Plan plan, PublisherLog log) throws IOException {
        this.plan = plan;
        this.log = log;
        for (int connection = 0; connection < plan.connections(); connection++) {
            publishers.add(new Publisher(plan, connection, log, stopping));
        }
        // Later than now, so that all threads are there when the first message is due.
        this.startNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        for (Publisher publisher : publishers) {
            publisher.start(startNanos);
        }
    }

    /** Connects and starts to publish; what the broker acknowledges is written to the log. */
    public static Load start(Plan plan, PublisherLog log) throws IOException {
        return new Load(plan, log);
    }

    /** Publishes all of it and waits for the last acknowledgement, at most ten minutes. */
    public static Load run(Plan plan, PublisherLog log) throws IOException, InterruptedException, TimeoutException {
        Load load = start(plan, log);
        load.await();
        return load;
    }

    /** When a message was due, by {@link System#nanoTime}; for plans that have a rate. */
    public long dueNanos(int message) {
        return startNanos + (long) (message / plan.perSecond() * 1e9);
    }

    /** Publishes nothing more; what is on its way is still acknowledged. */
    public void stop() {
        stopping.set(true);
    }

    /**
     * Waits until all that was published is acknowledged.
     *
     * @throws IOException if the broker closed a connection
     */
    public void await() throws IOException, InterruptedException, TimeoutException {
        for (Publisher publisher : publishers) {
            publisher.await();
        }
        log.flush();
    }

    /** How far the latest message was behind its time, in milliseconds: if it is large, the load and not the hub was slow. */
    public double latenessMillis() {
        double latest = 0;
        for (Publisher publisher : publishers) {
            latest = Math.max(latest, publisher.latenessMillis());
        }
        return latest;
    }
}
