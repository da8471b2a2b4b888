package org.caravanhub.salvage;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;

/** Reads the rows in the cells of a page, with what of them lies on overflow pages. For one thread. */
final class Cells {
    /** Above the largest document that the hub takes in; a damaged length must not ask for gigabytes. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final int OVERFLOW_ROOM = Pages.SIZE - 4;
    private static final int LEAST_LOCAL = (Pages.SIZE - 12) * 32 / 255 - 23;

    private final Pages pages;
    private final byte[] overflow = new byte[Pages.SIZE];
    private final BitSet overflowPages = new BitSet();

    Cells(Pages pages) {
        this.pages = pages;
    }

    /** Pages that held a part of a row that was read. */
    BitSet overflowPages() {
        return overflowPages;
    }

    /**
     * The part of a cell that lies on its page.
     *
     * @param from where its payload begins
     * @param local how many bytes of the payload follow there
     * @param length how many it has in all
     */
    private record Cell(long rowid, int from, int local, int length) {
        int end() {
            return from + local + (local < length ? 4 : 0);
        }
    }

    /** The row in a cell; empty if it has none, or is damaged. */
    Optional<Row> row(TreePage page, int index) {
        return cell(page, index)
                .flatMap(cell -> payload(page.bytes(), cell).flatMap(payload -> Row.of(cell.rowid, payload)));
    }

    /** How many bytes a cell takes on its page; -1 if it is damaged. */
    int size(TreePage page, int index) {
        int start = page.cell(index);
        if (start >= 0 && page.type() == TreePage.Type.TABLE_INTERIOR) {
            Cursor cell = new Cursor(page.bytes(), start, Pages.SIZE);
            cell.skip(4);
            cell.varint();
            return cell.hasFailed() ? -1 : cell.at() - start;
        }
        return cell(page, index).map(cell -> cell.end() - start).orElse(-1);
    }

    private static Optional<Cell> cell(TreePage page, int index) {
        int start = page.cell(index);
        if (start < 0 || page.type() == TreePage.Type.TABLE_INTERIOR) {
            return Optional.empty();
        }
        Cursor cell = new Cursor(page.bytes(), start, Pages.SIZE);
        if (page.type().isInterior()) {
            cell.skip(4);
        }
        long length = cell.varint();
        long rowid = page.type().isIndex() ? 0 : cell.varint();
        if (cell.hasFailed() || length < 1 || length > MOST_BYTES) {
            return Optional.empty();
        }
        Cell found = new Cell(rowid, cell.at(), local((int) length, page.type().isIndex()), (int) length);
        return found.end() > Pages.SIZE ? Optional.empty() : Optional.of(found);
    }

    /** How many bytes of a row lie on its own page. */
    private static int local(int length, boolean isIndex) {
        int most = isIndex ? (Pages.SIZE - 12) * 64 / 255 - 23 : Pages.SIZE - 35;
        if (length <= most) {
            return length;
        }
        int fillingTheLastPage = LEAST_LOCAL + (length - LEAST_LOCAL) % OVERFLOW_ROOM;
        return fillingTheLastPage <= most ? fillingTheLastPage : LEAST_LOCAL;
    }

    private Optional<byte[]> payload(byte[] page, Cell cell) {
        byte[] payload = new byte[cell.length];
        System.arraycopy(page, cell.from, payload, 0, cell.local);
        if (cell.local == cell.length) {
            return Optional.of(payload);
        }
        int next = ByteBuffer.wrap(page).getInt(cell.from + cell.local);
        int filled = cell.local;
        while (filled < cell.length) {
            if (!pages.read(next, overflow)) {
                return Optional.empty();
            }
            overflowPages.set(next);
            int part = Math.min(OVERFLOW_ROOM, cell.length - filled);
            System.arraycopy(overflow, 4, payload, filled, part);
            filled += part;
            next = ByteBuffer.wrap(overflow).getInt(0);
        }
        // The last page of a row leads nowhere.
        return next == 0 ? Optional.of(payload) : Optional.empty();
    }
}
