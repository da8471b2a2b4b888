package org.caravanhub.salvage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one page holds.
 *
 * @param page as it was read in the end
 * @param signature the table that most of its rows are of; empty if they are of none that is looked for
 * @param cells one each, in order; null where nothing could be read
 * @param isWhole whether every byte of the page is accounted for
 */
record PageRows(TreePage page, Optional<Signature> signature, List<@Nullable Row> cells, boolean isWhole) {
    /** Those that could be read. */
    List<Row> rows() {
        return cells.stream().filter(Objects::nonNull).toList();
    }

    /** How many rows of the table are lost here, at most. */
    int lost() {
        if (signature.isEmpty() || isWhole) {
            return 0;
        }
        int readable = (int) cells.stream().filter(Objects::nonNull).count();
        return Math.max(1, Math.min(page.count(), cells.size()) - readable);
    }

    /** The last row before all that is lost here. */
    Optional<Row> before() {
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i) == null) {
                return i == 0 ? Optional.empty() : Optional.ofNullable(cells.get(i - 1));
            }
        }
        return Optional.empty();
    }

    /** The first row after all that is lost here. */
    Optional<Row> after() {
        for (int i = cells.size() - 1; i >= 0; i--) {
            if (cells.get(i) == null) {
                return i == cells.size() - 1 ? Optional.empty() : Optional.ofNullable(cells.get(i + 1));
            }
        }
        return Optional.empty();
    }
}
