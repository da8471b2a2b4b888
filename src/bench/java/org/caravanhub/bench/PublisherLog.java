package org.caravanhub.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the broker took over from the publishers, and so what must not be lost: the other side of the conservation equation. Kept
 * in memory, and in a file if it has one. All threads may use it.
 */
public final class PublisherLog {
    /** A reading that was acknowledged to its device. */
    public record Entry(String device, long measuredAtMillis) {}

    private final Set<Entry> good = new HashSet<>();
    private final @Nullable FileChannel file;
    private long malformed;

    /** In memory only. */
    public PublisherLog() {
        this.file = null;
    }

    /** Also in a file: a line {@code device milliseconds} for each good message, {@code ! milliseconds} for each malformed one. */
    public PublisherLog(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    synchronized void acknowledged(Load.Plan plan, int message) throws IOException {
        boolean bad = plan.isMalformed(message);
        String device = Telemetry.device(plan.device(message));
        if (bad) {
            malformed++;
        } else {
            good.add(new Entry(device, plan.measuredAtMillis(message)));
        }
        if (file != null) {
            String line = (bad ? "!" : device) + " " + plan.measuredAtMillis(message) + "\n";
            file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Counts malformed messages that were published by other means than {@link Load}. */
    public synchronized void addMalformed(long count) {
        malformed += count;
    }

    /** The good messages so far. */
    public synchronized Set<Entry> good() {
        return new HashSet<>(good);
    }

    public synchronized long goodCount() {
        return good.size();
    }

    public synchronized long malformedCount() {
        return malformed;
    }

    /** Survives a power cut up to here, if it has a file. */
    public void flush() throws IOException {
        if (file != null) {
            file.force(false);
        }
    }
}
