package org.caravanhub.api;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Question;
import org.caravanhub.http.ReadingJson;
import org.caravanhub.store.PlacedReading;
import org.caravanhub.store.PlacedReading.Place;
import org.caravanhub.store.ReadingQueries;
import org.caravanhub.store.ReadingQueries.Order;
import org.caravanhub.store.ReadingQueries.Selection;

/** {@code list-readings}. */
public final class ReadingApi {
    private static final int PAGE = 100;

    private final ReadingQueries readings;
    private final Clock clock;

    /** Answers from these queries. */
    public ReadingApi(ReadingQueries readings, Clock clock) {
        this.readings = readings;
        this.clock = clock;
    }

    /** Readings as a page of JSON, or streamed as CSV or NDJSON. */
    public Answer list(Question question) {
        TimeSpan span = TimeSpan.of(question, clock);
        Order order = question.word("order").equals("asc") ? Order.OLDEST_FIRST : Order.NEWEST_FIRST;
        Selection selection = new Selection(question.text("device"), span.from(), span.to(), order);
        Cursor cursor = Cursor.of(question, 2);
        Optional<Place> after =
                cursor.isPresent() ? Optional.of(new Place(cursor.number(0), cursor.number(1))) : Optional.empty();
        return switch (question.word("format")) {
            case "csv" -> streamed(question, selection, after, new CsvForm());
            case "ndjson" -> streamed(question, selection, after, new NdjsonForm());
            default -> page(question, selection, after);
        };
    }

    private Answer page(Question question, Selection selection, Optional<Place> after) {
        int limit = question.has("limit") ? (int) question.number("limit") : PAGE;
        List<PlacedReading> rows = readings.page(selection, after, limit + 1);
        return Page.answer(
                rows,
                limit,
                placed -> Cursor.after(
                        placed.place().measuredAtMs(), placed.place().sourceId()),
                (json, placed) -> ReadingJson.write(json, placed.reading()));
    }

    private Answer streamed(Question question, Selection selection, Optional<Place> after, ReadingForm form) {
        long limit = question.has("limit") ? question.number("limit") : Long.MAX_VALUE;
        ReadingExport export = new ReadingExport(readings, selection, after, limit, form);
        String name = "readings" + selection.device().map(id -> "_" + id).orElse("") + "_"
                + selection.from().getEpochSecond() + "_" + selection.to().getEpochSecond() + "." + form.ending();
        return Answer.stream(
                form.contentType(), export, Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""));
    }
}
