package org.caravanhub.api;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.caravanhub.store.PlacedReading;
import org.caravanhub.store.PlacedReading.Place;
import org.caravanhub.store.ReadingQueries;
import org.caravanhub.store.ReadingQueries.Selection;

/**
 * Any number of readings as a stream of bytes, read from the database page by page as the client takes them: between two pages no
 * connection and no transaction is held, so that a slow client delays nobody and keeps no log from being cut.
 */
final class ReadingExport extends InputStream {
    private static final int PAGE = 1000;

    private final ReadingQueries readings;
    private final Selection selection;
    private final ReadingForm form;
    private Optional<Place> after;
    private long left;
    private boolean isOver;
    private byte[] chunk;
    private int position;

    /** Reads the first page now, so that what fails at once fails before the answer begins. */
    ReadingExport(ReadingQueries readings, Selection selection, Optional<Place> after, long limit, ReadingForm form) {
        this.readings = readings;
        this.selection = selection;
        this.after = after;
        this.left = limit;
        this.form = form;
        this.chunk = page(form.head());
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        while (position == chunk.length) {
            if (isOver) {
                return -1;
            }
            chunk = page("");
            position = 0;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, buffer, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return chunk.length - position;
    }

    private byte[] page(String head) {
        int size = (int) Math.min(PAGE, left);
        List<PlacedReading> rows = readings.page(selection, after, size);
        StringBuilder text = new StringBuilder(head);
        for (PlacedReading row : rows) {
            form.append(row.reading(), text);
        }
        left -= rows.size();
        isOver = rows.size() < size || left == 0;
        if (!rows.isEmpty()) {
            after = Optional.of(rows.get(rows.size() - 1).place());
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
