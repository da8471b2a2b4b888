package org.caravanhub.ecoflow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * A body that was read, but not more of it than an answer may have; then the connection is cut. The HTTP client would first read the rest, so
 * that a server which never stops sending is paid for until the deadline.
 */
final class FencedBody extends HttpEntityWrapper {
    private final byte[] bytes;

    private FencedBody(HttpEntity body, byte[] bytes) {
        super(body);
        this.bytes = bytes;
    }

    /**
     * Reads a body.
     *
     * @param underWay ends the connection
     * @throws IOException if it is too long, or breaks off
     */
    static FencedBody read(HttpEntity body, Cancellable underWay) throws IOException {
        try (InputStream in = body.getContent()) {
            byte[] bytes = in == null ? new byte[0] : in.readNBytes(Answer.MOST_BYTES + 1);
            if (bytes.length > Answer.MOST_BYTES) {
                underWay.cancel();
                throw new IOException("the answer is larger than 1 MB");
            }
            return new FencedBody(body, bytes);
        }
    }

    @Override
    public InputStream getContent() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public long getContentLength() {
        return bytes.length;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }
}
