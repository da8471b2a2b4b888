package org.caravanhub.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.caravanhub.audit.Trail;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.reading.NotAReading;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.WrittenReading;
import org.caravanhub.store.Receipt;

/** {@code import-readings}: what a hub exported becomes readings again. */
public final class ImportApi {
    private static final int MOST_LINES = 1000;
    private static final int MOST_FAULTS = 10;

    private final Trail audit;

    /** Notes there what was imported. */
    public ImportApi(Trail audit) {
        this.audit = audit;
    }

    /**
     * The body's lines as readings; empty lines are nothing.
     *
     * @throws Problem if one line is not a reading: then nothing of the request is stored
     */
    public List<Outcome> readings(Question question) {
        byte[] body = question.body();
        WrittenReading line = new WrittenReading();
        List<Outcome> readings = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        int number = 0;
        for (int from = 0; from < body.length; ) {
            int to = endOfLine(body, from);
            number++;
            if (!isBlank(body, from, to)) {
                read(line, body, from, to, number, readings, faults);
            }
            from = to + 1;
        }
        if (readings.size() + faults.size() > MOST_LINES) {
            throw Problem.of(ProblemCode.TOO_LARGE, "More than " + MOST_LINES + " lines; send them in several parts.");
        }
        if (!faults.isEmpty()) {
            throw new Problem(
                    ProblemCode.MALFORMED_IMPORT,
                    "At least one line is not a reading: " + faults.get(0).message()
                            + ". Nothing was stored; correct it" + " and send it again.",
                    faults.subList(0, Math.min(faults.size(), MOST_FAULTS)),
                    Map.of());
        }
        return readings;
    }

    private static void read(
            WrittenReading line,
            byte[] body,
            int from,
            int to,
            int number,
            List<Outcome> readings,
            List<Fault> faults) {
        try {
            readings.add(line.read(body, from, to));
        } catch (NotAReading flaw) {
            String place = "line " + number + ", column " + flaw.column() + ": ";
            faults.add(new Fault("", "not_allowed", place + flaw.reason(), ""));
        }
    }

    private static int endOfLine(byte[] body, int from) {
        int to = from;
        while (to < body.length && body[to] != '\n') {
            to++;
        }
        return to;
    }

    private static boolean isBlank(byte[] body, int from, int to) {
        return to == from || (to == from + 1 && body[from] == '\r');
    }

    /** What became of them; it is committed. */
    public Answer answer(Receipt receipt, Question question) {
        if (receipt.received() + receipt.waiting() > 0) {
            audit.sum(
                    question.principal().name(),
                    question.operation(),
                    "readings",
                    "readings",
                    receipt.received() + receipt.waiting());
        }
        return Receipts.answer(receipt);
    }
}
