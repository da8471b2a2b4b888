package org.caravanhub.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that tell something: asked with a clean environment, in English, not for long, and heard only so far. */
public final class Program {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST = 4 << 20;

    private Program() {}

    /**
     * What it writes if all goes well.
     *
     * @return nothing if there is no such program, it fails, or it has not ended in time
     */
    public static Optional<String> output(Duration limit, List<String> command) throws InterruptedException {
        try {
            Process process = start(limit, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD));
            String text = heard(process, MOST);
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * What it writes, complaints too, however it ends.
     *
     * @param most the last so many bytes
     * @throws IOException if there is no such program
     */
    public static String says(int most, List<String> command) throws IOException {
        return heard(start(LONGEST, new ProcessBuilder(command).redirectErrorStream(true)), most);
    }

    /** The last bytes of a stream as text, from the beginning of a line if some were left out. */
    public static String end(InputStream in, int most) throws IOException {
        byte[] ring = new byte[most];
        long all = 0;
        byte[] piece = new byte[1 << 16];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            for (int i = 0; i < read; i++) {
                ring[(int) (all++ % most)] = piece[i];
            }
        }
        if (all <= most) {
            return new String(ring, 0, (int) all, StandardCharsets.UTF_8);
        }
        int start = (int) (all % most);
        byte[] ordered = new byte[most];
        System.arraycopy(ring, start, ordered, 0, most - start);
        System.arraycopy(ring, 0, ordered, most - start, start);
        String text = new String(ordered, StandardCharsets.UTF_8);
        return "(what was before is cut off)\n" + text.substring(text.indexOf('\n') + 1);
    }

    /** One that is ended when its time is over; its exit says that, too. */
    private static Process start(Duration limit, ProcessBuilder builder) throws IOException {
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("LC_ALL", "C.UTF-8");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException("there is no program " + builder.command().get(0) + " here", e);
        }
        process.getOutputStream().close();
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(process::destroyForcibly);
        return process;
    }

    private static String heard(Process process, int most) throws IOException {
        try (InputStream out = process.getInputStream()) {
            return end(out, most);
        }
    }
}
