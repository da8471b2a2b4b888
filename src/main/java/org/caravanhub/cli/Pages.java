package org.caravanhub.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads lists of the API, which come in pages. */
final class Pages {
    private static final int LARGEST = 1000;

    private Pages() {}

    /** The query for the first page. */
    static Map<String, String> first(int limit) {
        return Map.of("limit", Integer.toString(Math.max(1, Math.min(limit, LARGEST))));
    }

    /** Items of as many pages as it takes. */
    static List<Json> all(HubClient api, String path, Map<String, String> query, int limit) {
        List<Json> items = new ArrayList<>();
        Map<String, String> parameters = new LinkedHashMap<>(query);
        String cursor = "";
        do {
            parameters.putAll(first(limit - items.size()));
            Json page = api.json(path, parameters);
            items.addAll(page.member("items").items());
            cursor = page.textOrEmpty("next_cursor");
            parameters.put("cursor", cursor);
        } while (!cursor.isEmpty() && items.size() < limit);
        return items.size() > limit ? items.subList(0, limit) : items;
    }
}
