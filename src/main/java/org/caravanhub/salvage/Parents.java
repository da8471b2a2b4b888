package org.caravanhub.salvage;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where damaged pages hang in their trees: between which rows, and of which table. */
final class Parents {
    /** No tree is as deep; a circle of damaged pointers is. */
    private static final int DEEPEST = 20;

    private final Map<Integer, Branch> branches = new HashMap<>();

    /**
     * A page's place on its parent.
     *
     * @param table empty if the parent does not tell
     * @param before the row on the parent that comes before all of the page's
     */
    private record Branch(
            int parent,
            String table,
            @Nullable Row before,
            @Nullable Row after) {}

    private Parents() {}

    /** Looks the damaged pages up on the interior ones. */
    static Parents of(BitSet damaged, BitSet interior, PageReader reader) {
        Parents parents = new Parents();
        if (!damaged.isEmpty()) {
            interior.stream()
                    .forEach(number -> reader.read(number).ifPresent(page -> parents.note(page, damaged, interior)));
            parents.nameTables(damaged, reader);
        }
        return parents;
    }

    /** What is known of the rows on a page that cannot be read. */
    Lost lost(int page, int rowsAtMost) {
        Branch branch = branches.get(page);
        String table = branch == null ? "" : branch.table;
        return new Lost(table, rowsAtMost, bound(page, true), bound(page, false));
    }

    /** The nearest row before or after all rows of a page. */
    Optional<Row> bound(int page, boolean before) {
        Branch branch = branches.get(page);
        for (int depth = 0; branch != null && depth < DEEPEST; depth++) {
            Row row = before ? branch.before : branch.after;
            if (row != null) {
                return Optional.of(row);
            }
            branch = branches.get(branch.parent);
        }
        return Optional.empty();
    }

    private void note(PageRows rows, BitSet damaged, BitSet interior) {
        TreePage page = rows.page();
        String table = rows.signature().map(Signature::table).orElse("");
        int cells = Math.min(page.count(), rows.cells().size());
        for (int i = 0; i <= cells; i++) {
            int child = page.child(i);
            if (child > 0 && (damaged.get(child) || interior.get(child))) {
                Row before = i == 0 ? null : rows.cells().get(i - 1);
                Row after = i == cells ? null : rows.cells().get(i);
                branches.put(child, new Branch(page.number(), table, before, after));
            }
        }
    }

    /** The parents of rows with a rowid hold no rows; a sister page tells whose they are. */
    private void nameTables(BitSet damaged, PageReader reader) {
        damaged.stream().forEach(number -> {
            Branch branch = branches.get(number);
            if (branch != null && branch.table.isEmpty()) {
                String table = tableBelow(branch.parent, reader);
                branches.put(number, new Branch(branch.parent, table, branch.before, branch.after));
            }
        });
    }

    private static String tableBelow(int parent, PageReader reader) {
        Optional<PageRows> page = reader.read(parent);
        if (page.isEmpty()) {
            return "";
        }
        int[] children = new int[Math.min(page.get().page().count(), 100) + 1];
        for (int i = 0; i < children.length; i++) {
            children[i] = page.get().page().child(i);
        }
        for (int child : children) {
            Optional<Signature> signature = reader.read(child).flatMap(PageRows::signature);
            if (signature.isPresent()) {
                return signature.get().table();
            }
        }
        return "";
    }
}
