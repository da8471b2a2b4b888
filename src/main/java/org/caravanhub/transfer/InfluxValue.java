package org.caravanhub.transfer;

import java.math.BigDecimal;
import org.caravanhub.text.CsvCell;

/** Values of InfluxDB as JSON, with the digits that stand there. */
final class InfluxValue {
    private InfluxValue() {}

    /**
     * A field of line protocol that is no text in quotes: {@code 21.5}, {@code 12i}, {@code 12u}, {@code t}, {@code FALSE}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String ofField(String field) {
        return switch (field) {
            case "t", "T", "true", "True", "TRUE" -> "true";
            case "f", "F", "false", "False", "FALSE" -> "false";
            default -> {
                boolean isWhole = field.endsWith("i") || field.endsWith("u");
                yield number(isWhole ? field.substring(0, field.length() - 1) : field);
            }
        };
    }

    /**
     * A cell of annotated CSV.
     *
     * @param type of its column: {@code double}, {@code long}, {@code boolean}, {@code string}, ...
     * @throws IllegalArgumentException if it is not of that type
     */
    static String ofCell(String type, String cell) {
        return switch (type) {
            case "double", "long", "unsignedLong" -> number(cell);
            case "boolean" -> ofBoolean(cell);
            default -> CsvCell.textAsJson(cell);
        };
    }

    private static String ofBoolean(String cell) {
        if (cell.equals("true") || cell.equals("false")) {
            return cell;
        }
        throw new IllegalArgumentException("found \"" + cell + "\"; expected true or false");
    }

    /** As it stands if that is a number of JSON; InfluxDB also writes {@code .5}, {@code 1.} and {@code +1}. */
    private static String number(String text) {
        if (text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            return text;
        }
        try {
            if (text.length() <= 400) {
                return new BigDecimal(text).toString();
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException("is no number");
    }
}
