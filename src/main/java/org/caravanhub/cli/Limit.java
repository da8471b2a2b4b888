package org.caravanhub.cli;

import org.caravanhub.text.Plain;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many rows somebody wants: 1 or more. */
final class Limit implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number that is too small is.
        }
        throw new TypeConversionException("\"" + Plain.line(text) + "\" is not a number from 1 on");
    }
}
