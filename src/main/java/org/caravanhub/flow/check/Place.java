package org.caravanhub.flow.check;

import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.Mistake;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A place inside of a text of a flow file.
 *
 * @param line from 1
 * @param column from 1
 */
record Place(int line, int column) {
    private static final int LONGEST_PIECE = 24;

    /**
     * Where a character of a value stands in the file. Quotes, escapes and folded lines make the two differ, so that a piece of the
     * value is searched in the file: the one that comes as often before it.
     *
     * @param index in the value; the place of the value itself if it cannot be found
     */
    static Place of(FlowDocument document, ScalarNode scalar, int index) {
        Place start = new Place(FlowDocument.line(scalar), FlowDocument.column(scalar));
        String value = scalar.getValue();
        if (index < 0
                || index >= value.length()
                || scalar.getStartMark().isEmpty()
                || scalar.getEndMark().isEmpty()) {
            return start;
        }
        String text = document.text();
        int from = text.offsetByCodePoints(0, scalar.getStartMark().get().getIndex());
        int to = Math.min(
                text.length(),
                text.offsetByCodePoints(0, scalar.getEndMark().get().getIndex()));
        String written = text.substring(from, to);
        String piece = piece(value, index);
        int found = -1;
        for (int before = value.indexOf(piece);
                before >= 0 && before <= index;
                before = value.indexOf(piece, before + 1)) {
            found = written.indexOf(piece, found + 1);
            if (found < 0) {
                return start;
            }
        }
        return found < 0 ? start : at(text, from + found);
    }

    /** A mistake at this place. */
    Mistake mistake(FlowDocument document, Mistake.Code code, String message, String hint) {
        return document.mistake(line, column, code, message, hint);
    }

    /** Where a node begins. */
    static Place of(Node node) {
        return new Place(FlowDocument.line(node), FlowDocument.column(node));
    }

    private static String piece(String value, int index) {
        int end = index + 1;
        while (end < value.length()
                && end < index + LONGEST_PIECE
                && !Character.isWhitespace(value.charAt(end))
                && "\"'\\".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        return value.substring(index, end);
    }

    private static Place at(String text, int offset) {
        int begin = text.lastIndexOf('\n', offset - 1) + 1;
        int line = (int) text.substring(0, begin).chars().filter(c -> c == '\n').count() + 1;
        return new Place(line, text.codePointCount(begin, offset) + 1);
    }
}
