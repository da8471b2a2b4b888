package org.caravanhub.salvage;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a file still holds: the small tables whole, the large ones counted, and what is gone. */
public final class Survey {
    /** These few rows are needed before any reading can be understood. */
    private static final Set<String> NAMES =
            Set.of(Tables.SOURCE, Tables.SHAPE, Tables.DEVICE, Tables.LEDGER, Tables.SERIES);

    private final Map<String, List<Row>> small = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, Integer> mostOnOnePage = new HashMap<>();
    private final List<Lost> lost = new ArrayList<>();
    private final BitSet damaged = new BitSet();
    private final BitSet interior = new BitSet();
    private final Map<Integer, PageRows> damagedInPart = new HashMap<>();
    private int pagesDamaged;

    private Survey() {}

    /** Reads every page once. */
    static Survey of(Pages pages, BitSet free, PageReader reader) {
        Survey survey = new Survey();
        for (int number = 1; number <= pages.count(); number++) {
            if (!free.get(number) && !Pages.isLockPage(number)) {
                int page = number;
                reader.read(number).ifPresentOrElse(survey::note, () -> survey.damaged.set(page));
            }
        }
        survey.damaged.andNot(reader.overflowPages());
        survey.findLost(reader);
        return survey;
    }

    /** The rows of source, shape, device, ledger or series, or of one of {@link Tables#OWNERS}; some may be there twice. */
    public List<Row> rows(String table) {
        return small.getOrDefault(table, List.of());
    }

    /** How many rows of a table can be read. */
    public long count(String table) {
        return counts.getOrDefault(table, 0L);
    }

    /** Whether anything is there that Caravan has written. */
    public boolean isOurs() {
        return count(Tables.READING) + count(Tables.LEDGER) + count(Tables.DEVICE) > 0;
    }

    /** What is gone, page by page. */
    public List<Lost> lost() {
        return List.copyOf(lost);
    }

    /** How many pages are damaged, in whole or in part. */
    public int pagesDamaged() {
        return pagesDamaged;
    }

    private void note(PageRows page) {
        int number = page.page().number();
        List<Row> rows = page.rows();
        page.signature().ifPresent(signature -> {
            String table = signature.table();
            if (NAMES.contains(table) || Tables.OWNERS.contains(table)) {
                small.computeIfAbsent(table, none -> new ArrayList<>()).addAll(rows);
            }
            if (signature.place() != Signature.Place.INDEX) {
                counts.merge(table, (long) rows.size(), Long::sum);
                mostOnOnePage.merge(table, rows.size(), Math::max);
            }
        });
        if (page.page().type().isInterior()) {
            interior.set(number);
        }
        if (!page.isWhole()) {
            damagedInPart.put(number, page);
        }
    }

    private void findLost(PageReader reader) {
        BitSet wanted = new BitSet();
        wanted.or(damaged);
        damagedInPart.keySet().forEach(wanted::set);
        pagesDamaged = wanted.cardinality();
        Parents parents = Parents.of(wanted, interior, reader);
        // The first page holds the definitions of the tables, which a new database has anyway.
        damaged.stream().filter(number -> number > 1).forEach(number -> {
            Lost whole = parents.lost(number, 0);
            int most = whole.table().isEmpty()
                    ? mostOnOnePage.values().stream().mapToInt(n -> n).max().orElse(0)
                    : mostOnOnePage.getOrDefault(whole.table(), 0);
            lost.add(new Lost(whole.table(), most, whole.before(), whole.after()));
        });
        damagedInPart.forEach((number, page) -> {
            if (page.lost() > 0) {
                lost.add(new Lost(
                        page.signature().map(Signature::table).orElse(""),
                        page.lost(),
                        page.before().or(() -> parents.bound(number, true)),
                        page.after().or(() -> parents.bound(number, false))));
            }
        });
    }
}
