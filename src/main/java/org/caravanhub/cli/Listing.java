package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a command shows a list of the API: a table, of which each column says what of an item is in it; a sentence if there is
 * nothing to show; with {@code --json} the first page as it came.
 */
final class Listing {
    private final Surroundings here;
    private final ClientOptions client;
    private final Table table = new Table();
    private final List<BiFunction<Json, Instant, Table.Cell>> cells = new ArrayList<>();

    Listing(Surroundings here, ClientOptions client) {
        this.here = here;
        this.client = client;
    }

    /** A column of text that is called like the member of an item that is in it. */
    Listing left(String member) {
        return left(member, item -> item.textOrEmpty(member));
    }

    /** A column of text. */
    Listing left(String column, Function<Json, String> text) {
        table.left(column);
        return cell((item, now) -> Table.Cell.of(text.apply(item)));
    }

    /** A column of numbers that is called like the member of an item that is in it. */
    Listing right(String member) {
        return right(member, member);
    }

    /** A column of numbers. */
    Listing right(String column, String member) {
        table.right(column);
        return cell((item, now) -> Table.Cell.of(item.textOrEmpty(member)));
    }

    /** A column of moments, for people as the time since. */
    Listing ago(String column, String member) {
        table.left(column);
        return cell((item, now) -> Ago.cell(item.textOrEmpty(member), now));
    }

    /** The same for what may not have happened yet. */
    Listing agoOrNever(String column, String member) {
        table.left(column);
        return cell((item, now) ->
                item.text(member).map(moment -> Ago.cell(moment, now)).orElseGet(() -> new Table.Cell("", "never")));
    }

    private Listing cell(BiFunction<Json, Instant, Table.Cell> cell) {
        cells.add(cell);
        return this;
    }

    /**
     * Asks for as many pages as it takes, and shows them.
     *
     * @param limit at most so many items
     * @param nothing the sentence for nothing
     */
    int show(HubClient api, String path, Map<String, String> query, int limit, Supplier<String> nothing)
            throws IOException {
        if (client.json) {
            Map<String, String> first = new LinkedHashMap<>(query);
            first.putAll(Pages.first(limit));
            here.print(api.get(path, first));
        } else if (!show(Pages.all(api, path, query, limit))) {
            here.err().println(nothing.get());
        }
        return ExitCode.OK;
    }

    /** Shows what comes in one page, as the API answered it. */
    int show(byte[] page, Supplier<String> nothing) throws IOException {
        if (client.json) {
            here.print(page);
        } else if (!show(Json.parse(page).member("items").items())) {
            here.err().println(nothing.get());
        }
        return ExitCode.OK;
    }

    /** Shows items that were asked for; answers whether there were any. */
    private boolean show(List<Json> items) {
        Instant now = here.clock().instant();
        for (Json item : items) {
            table.row(cells.stream().map(cell -> cell.apply(item, now)).toList());
        }
        if (!table.isEmpty()) {
            table.print(here, client.style(here));
        }
        return !table.isEmpty();
    }
}
