package org.caravanhub.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that tell something: asked with a clean environment, not for long, and heard only so far. */
final class Program {
    private static final int SECONDS = 30;

    private Program() {}

    /**
     * What it writes to its outputs.
     *
     * @param most the last so many bytes
     * @throws IOException if there is no such program
     */
    static String says(int most, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("LC_ALL", "C.UTF-8");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException("there is no program " + command.get(0) + " here", e);
        }
        process.getOutputStream().close();
        CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        try (InputStream out = process.getInputStream()) {
            return end(out, most);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The last bytes of a stream as text, from the beginning of a line if some were left out. */
    static String end(InputStream in, int most) throws IOException {
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
}
