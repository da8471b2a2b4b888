package org.caravanhub.salvage;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row as it lies in the file.
 *
 * @param rowid its number; 0 in a table without
 * @param values one a column, in the order of the file: null, Long, Double, String or byte[]
 */
public record Row(long rowid, List<@Nullable Object> values) {
    private static final int BLOB = 12;
    private static final int MOST_COLUMNS = 100;

    /** Reads SQLite's record format; empty unless every byte has its place. */
    static Optional<Row> of(long rowid, byte[] payload) {
        Cursor head = new Cursor(payload, 0, payload.length);
        long headSize = head.varint();
        if (head.hasFailed() || headSize > payload.length) {
            return Optional.empty();
        }
        head = new Cursor(payload, head.at(), (int) headSize);
        Cursor body = new Cursor(payload, (int) headSize, payload.length);
        List<@Nullable Object> values = new ArrayList<>();
        while (!head.isAtEnd() && !head.hasFailed() && !body.hasFailed() && values.size() < MOST_COLUMNS) {
            Optional<Object> value = value(head.varint(), payload, body);
            values.add(value.orElse(null));
        }
        boolean whole = head.isAtEnd() && body.isAtEnd() && !head.hasFailed() && !body.hasFailed();
        return whole ? Optional.of(new Row(rowid, Collections.unmodifiableList(values))) : Optional.empty();
    }

    /** A whole number. */
    public long number(int column) {
        Object value = values.get(column);
        return value instanceof Long number ? number : 0;
    }

    /** A text. */
    public String text(int column) {
        Object value = values.get(column);
        return value instanceof String text ? text : "";
    }

    private static Optional<Object> value(long serialType, byte[] payload, Cursor body) {
        if (serialType >= BLOB) {
            int from = body.at();
            body.skip((int) Math.min((serialType - BLOB) / 2, Integer.MAX_VALUE));
            return body.hasFailed() ? Optional.empty() : bytes(serialType, payload, from, body);
        }
        return switch ((int) serialType) {
            case 0 -> Optional.empty();
            case 1, 2, 3, 4 -> Optional.of(body.integer((int) serialType));
            case 5 -> Optional.of(body.integer(6));
            case 6 -> Optional.of(body.integer(8));
            case 7 -> Optional.of(Double.longBitsToDouble(body.integer(8)));
            case 8 -> Optional.of(0L);
            case 9 -> Optional.of(1L);
            default -> failed(body);
        };
    }

    private static Optional<Object> bytes(long serialType, byte[] payload, int from, Cursor body) {
        if (serialType % 2 == 0) {
            return Optional.of(Arrays.copyOfRange(payload, from, body.at()));
        }
        try {
            ByteBuffer text = ByteBuffer.wrap(payload, from, body.at() - from);
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
        } catch (CharacterCodingException e) {
            return failed(body);
        }
    }

    private static Optional<Object> failed(Cursor body) {
        body.skip(-1);
        return Optional.empty();
    }
}
