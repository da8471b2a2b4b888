package org.caravanhub.rehearsal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.NotReadable;

/**
 * The files that it takes to play one flow: its own, every policy and template, and the flows that it calls.
 *
 * @param files path and bytes; policies and templates first
 */
record Script(Map<String, byte[]> files) {
    private static final Pattern CALL = Pattern.compile("direct:(?://)?([\\w-]+)");
    private static final Set<String> FLOWS = Set.of("route", "templatedRoute", "from", "rest");

    /**
     * @param all every file that runs, by path
     * @throws IllegalArgumentException if no file has the flow, or its file cannot be read
     */
    static Script of(String flow, Map<String, byte[]> all) {
        Map<String, FlowDocument> documents = new TreeMap<>();
        all.forEach((path, bytes) -> {
            try {
                documents.put(path, FlowDocument.read(path, bytes));
            } catch (NotReadable e) {
                // It does not run, so nothing of it is needed; unless it is the one, which is then not found.
            }
        });
        FlowDocument own = documents.values().stream()
                .filter(document -> document.entries().stream()
                        .anyMatch(entry ->
                                FLOWS.contains(entry.kind()) && entry.id().equals(flow)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no file has a flow with this id"));
        Set<String> wanted = new HashSet<>();
        wanted.add(own.path());
        List<FlowDocument> first = documents.values().stream()
                .filter(document -> document.entries().stream().anyMatch(entry -> !FLOWS.contains(entry.kind())))
                .toList();
        Deque<FlowDocument> unread = new ArrayDeque<>(first);
        unread.add(own);
        while (!unread.isEmpty()) {
            Matcher call = CALL.matcher(unread.remove().text());
            while (call.find()) {
                for (FlowDocument document : documents.values()) {
                    if (document.text().contains(call.group()) && wanted.add(document.path())) {
                        unread.add(document);
                    }
                }
            }
        }
        List<String> order =
                new ArrayList<>(first.stream().map(FlowDocument::path).toList());
        wanted.stream().filter(path -> !order.contains(path)).sorted().forEach(order::add);
        Map<String, byte[]> files = new java.util.LinkedHashMap<>();
        order.forEach(path -> files.put(path, all.getOrDefault(path, new byte[0])));
        return new Script(files);
    }

    /** Whether it is the same, letter by letter. */
    boolean isSame(Script other) {
        return List.copyOf(files.keySet()).equals(List.copyOf(other.files.keySet()))
                && files.keySet().stream().allMatch(path -> Arrays.equals(files.get(path), other.files.get(path)));
    }

    /** For people who debug: the paths. */
    @Override
    public String toString() {
        return String.join(", ", files.keySet()) + " (" + StandardCharsets.UTF_8 + ")";
    }
}
