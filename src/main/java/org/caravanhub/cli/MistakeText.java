package org.caravanhub.cli;

import java.util.ArrayList;
import java.util.List;
import org.caravanhub.flow.Mistake;
import org.caravanhub.text.Plain;

/** A mistake of a flow file as lines: what, the line of the file, a sign below the place, the page that explains it. */
final class MistakeText {
    private MistakeText() {}

    /** @param file what to call the file, so that an editor can open it from here */
    static List<String> lines(Mistake mistake, String file) {
        List<String> lines = new ArrayList<>();
        lines.add(Plain.line(file + mistake.text().substring(mistake.file().length())));
        if (mistake.line() > 0) {
            String number = String.format("%5d", mistake.line());
            lines.add(number + " | " + Plain.line(mistake.excerpt()));
            if (mistake.column() > 0 && mistake.column() <= mistake.excerpt().length() + 1) {
                lines.add("      | " + " ".repeat(mistake.column() - 1) + "^");
            }
        }
        lines.add("      = " + mistake.code().page());
        return lines;
    }
}
