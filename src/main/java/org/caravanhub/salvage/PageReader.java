package org.caravanhub.salvage;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gets out of a page what is in it, by its head if that can be believed, and else by trying what it could have been. */
final class PageReader {
    private static final List<TreePage.Type> WITH_ROWS =
            List.of(TreePage.Type.INDEX_LEAF, TreePage.Type.INDEX_INTERIOR, TreePage.Type.TABLE_LEAF);

    private final Pages pages;
    private final Cells cells;
    private final byte[] bytes = new byte[Pages.SIZE];

    PageReader(Pages pages) {
        this.pages = pages;
        this.cells = new Cells(pages);
    }

    /** Pages that held parts of rows. */
    BitSet overflowPages() {
        return cells.overflowPages();
    }

    /** The page's rows, all of one table; empty if no kind of page can be made of it. Good until the next call. */
    Optional<PageRows> read(int number) {
        if (!pages.read(number, bytes)) {
            return Optional.empty();
        }
        Optional<PageRows> asWritten = TreePage.of(number, bytes).map(this::read);
        if (asWritten.isPresent()
                && (asWritten.get().isWhole() || overflowPages().get(number))) {
            return asWritten;
        }
        PageRows best = asWritten.orElse(null);
        for (TreePage.Type type : WITH_ROWS) {
            TreePage guess = TreePage.as(type, number, bytes);
            best = better(best, read(guess.withAllPointers()));
            best = better(best, read(guess));
        }
        return asWritten.isEmpty() && best != null && best.signature().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(best);
    }

    /** More rows are better; of as many, the reading that accounts for every byte. */
    private static @Nullable PageRows better(@Nullable PageRows best, PageRows guess) {
        if (guess.signature().isEmpty()) {
            return best;
        }
        if (best == null || best.signature().isEmpty()) {
            return guess;
        }
        int more = guess.rows().size() - best.rows().size();
        return more > 0 || (more == 0 && guess.isWhole() && !best.isWhole()) ? guess : best;
    }

    private PageRows read(TreePage page) {
        List<@Nullable Row> raw = new ArrayList<>(page.count());
        Set<Integer> seen = new HashSet<>();
        boolean distinct = true;
        for (int i = 0; i < page.count(); i++) {
            boolean isNew = seen.add(page.cell(i));
            distinct &= isNew;
            raw.add(isNew ? cells.row(page, i).orElse(null) : null);
        }
        boolean balanced = distinct && PageBalance.holds(page, cells);
        if (page.type() == TreePage.Type.TABLE_INTERIOR) {
            return new PageRows(page, Optional.empty(), raw, balanced);
        }
        return ofOneTable(page, raw, balanced);
    }

    private static PageRows ofOneTable(TreePage page, List<@Nullable Row> raw, boolean balanced) {
        PageRows best = new PageRows(page, Optional.empty(), raw, balanced && !raw.contains(null));
        long most = 0;
        for (Signature signature : Tables.ALL) {
            List<@Nullable Row> known = new ArrayList<>(raw.size());
            long count = 0;
            for (Row row : raw) {
                Row recognised = row == null
                        ? null
                        : signature.recognise(row, page.type().isIndex()).orElse(null);
                known.add(recognised);
                count += recognised == null ? 0 : 1;
            }
            if (count > most) {
                most = count;
                best = new PageRows(page, Optional.of(signature), known, balanced && count == raw.size());
            }
        }
        return best;
    }
}
