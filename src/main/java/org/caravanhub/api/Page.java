package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.caravanhub.http.Answer;

/** A list as the API answers it: {@code items} and {@code next_cursor}. */
final class Page {
    private Page() {}

    /** Writes one item. */
    @FunctionalInterface
    interface Item<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    /**
     * The answer.
     *
     * @param rows one more than fits, if there is more
     * @param limit how many fit
     * @param cursor where a page ends that ends with this item
     */
    static <T> Answer answer(List<T> rows, int limit, Function<T, String> cursor, Item<T> item) {
        boolean isMore = rows.size() > limit;
        List<T> items = isMore ? rows.subList(0, limit) : rows;
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (T row : items) {
                item.write(json, row);
            }
            json.writeEndArray();
            if (isMore) {
                json.writeStringField("next_cursor", cursor.apply(items.get(limit - 1)));
            } else {
                json.writeNullField("next_cursor");
            }
            json.writeEndObject();
        });
    }
}
