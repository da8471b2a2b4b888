package org.caravanhub.transfer;

import java.io.IOException;
import java.io.InputStream;

/** Files that are packed with gzip: their first two bytes tell, whatever they are called. */
final class Packed {
    private Packed() {}

    /** Whether a stream that can be marked begins so; it stands where it stood. */
    static boolean isPacked(InputStream in) throws IOException {
        in.mark(2);
        boolean isPacked = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return isPacked;
    }
}
