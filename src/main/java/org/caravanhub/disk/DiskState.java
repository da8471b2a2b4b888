package org.caravanhub.disk;

import java.util.Map;

/**
 * How full the disk was at the last look.
 *
 * @param totalBytes of the file system
 * @param freeBytes that this process may still write
 * @param hasReserve whether the reserve is there to be given up
 * @param shed what was given up since the disk was last roomy, and how many of it
 */
public record DiskState(long totalBytes, long freeBytes, boolean hasReserve, Map<String, Long> shed) {

    /** 0 to 100, rounded down. */
    public int percent() {
        return totalBytes <= 0 ? 0 : (int) (100 * (totalBytes - freeBytes) / totalBytes);
    }
}
