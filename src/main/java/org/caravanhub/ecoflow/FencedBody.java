package org.caravanhub.ecoflow;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * A body that costs no more than was read of it, and never more than an answer may: then, and when it is closed before its end, the
 * connection is cut. The HTTP client would first read the rest, so that a server which never stops sending is paid for until the deadline.
 */
final class FencedBody extends HttpEntityWrapper {
    private final Cancellable underWay;

    FencedBody(HttpEntity body, Cancellable underWay) {
        super(body);
        this.underWay = underWay;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new Fenced(super.getContent(), underWay);
    }

    private static final class Fenced extends FilterInputStream {
        private final Cancellable underWay;
        private long left = Answer.MOST_BYTES + 1L;
        private boolean isAtEnd;

        Fenced(InputStream in, Cancellable underWay) {
            super(in);
            this.underWay = underWay;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (left <= 0 && length > 0) {
                underWay.cancel();
                throw new IOException("it is longer than an answer may be");
            }
            int read = super.read(bytes, from, (int) Math.min(length, left));
            isAtEnd = read < 0;
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            if (isAtEnd) {
                super.close();
                return;
            }
            underWay.cancel();
            try {
                super.close();
            } catch (IOException e) {
                // It was cut off on purpose.
            }
        }
    }
}
