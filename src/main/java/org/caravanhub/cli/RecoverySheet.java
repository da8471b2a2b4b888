package org.caravanhub.cli;

import java.util.List;

/**
 * What is needed to bring a hub back when nothing is left but its backups and this page: printed, and kept elsewhere. No secret is on it; for
 * those there are lines to write on.
 *
 * @param title of the page
 * @param facts what is so
 * @param blanks what is written by hand
 * @param steps what to type on an empty machine, in order
 * @param notes sentences below
 */
record RecoverySheet(String title, List<Fact> facts, List<String> blanks, List<Step> steps, List<String> notes) {
    private static final int LINE = 46;

    RecoverySheet {
        facts = List.copyOf(facts);
        blanks = List.copyOf(blanks);
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    /** Something that is so. */
    record Fact(String name, String value) {}

    /** Something to type, and why. */
    record Step(String command, String why) {}

    /** For a printer or a terminal, with letters of one width. */
    String text() {
        StringBuilder text = new StringBuilder(title).append('\n');
        text.append("=".repeat(title.length())).append("\n\n");
        facts.forEach(fact -> text.append(String.format("%-16s%s%n", fact.name(), fact.value())));
        text.append("\nTo be written by hand\n\n");
        blanks.forEach(blank -> text.append(String.format("%-28s%s%n%n", blank, "_".repeat(LINE))));
        text.append("On an empty machine\n\n");
        for (int i = 0; i < steps.size(); i++) {
            text.append(i + 1).append(". ").append(steps.get(i).why()).append("\n     ");
            text.append(steps.get(i).command()).append("\n");
        }
        text.append('\n');
        notes.forEach(note -> text.append(note).append('\n'));
        return text.toString();
    }

    /** For a browser: a page of A4 that needs nothing else. */
    String html() {
        StringBuilder html = new StringBuilder();
        html.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>")
                .append(escaped(title))
                .append("</title>\n<style>\n@page { size: A4; margin: 14mm }\n")
                .append(
                        "body { font: 10.5pt/1.35 system-ui, sans-serif; max-width: 182mm; margin: auto; color: #000 }\n")
                .append("h1 { font-size: 17pt; margin: 0 0 3mm } h2 { font-size: 12pt; margin: 4mm 0 1mm }\n")
                .append(
                        "table { border-collapse: collapse; width: 100% } td { padding: .6mm 3mm .6mm 0; vertical-align: top }\n")
                .append("td:first-child { white-space: nowrap; color: #444; width: 1% }\n")
                .append(
                        "td, code { overflow-wrap: anywhere } .hand td { border-bottom: 1px solid #000; padding-top: 5mm }\n")
                .append(
                        "code { font: 9.5pt/1.4 monospace; display: block; margin-bottom: 1mm } p { margin: 1mm 0 }\n</style>\n");
        html.append("<h1>").append(escaped(title)).append("</h1>\n<table>\n");
        facts.forEach(fact -> html.append("<tr><td>")
                .append(escaped(fact.name()))
                .append("<td>")
                .append(escaped(fact.value()))
                .append('\n'));
        html.append("</table>\n<h2>To be written by hand</h2>\n<table class=\"hand\">\n");
        blanks.forEach(blank -> html.append("<tr><td>").append(escaped(blank)).append("<td>&nbsp;\n"));
        html.append("</table>\n<h2>On an empty machine</h2>\n<ol>\n");
        steps.forEach(step -> html.append("<li>")
                .append(escaped(step.why()))
                .append(" <code>")
                .append(escaped(step.command()))
                .append("</code>\n"));
        html.append("</ol>\n");
        notes.forEach(note -> html.append("<p>").append(escaped(note)).append("</p>\n"));
        return html.append("</html>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
