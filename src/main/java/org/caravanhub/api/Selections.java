package org.caravanhub.api;

import java.util.List;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.http.Question;
import org.caravanhub.store.QuarantineSelection;

/** Which messages in quarantine a question means. */
final class Selections {
    private Selections() {}

    /** All, if it says nothing. */
    static QuarantineSelection of(Question question) {
        return new QuarantineSelection(
                question.numbers("ids"),
                question.text("cause"),
                question.text("flow"),
                question.text("step"),
                question.text("device"));
    }

    /**
     * What it says; all only if it says so.
     *
     * @throws Problem if it says nothing, or both
     */
    static QuarantineSelection required(Question question) {
        QuarantineSelection selection = of(question);
        boolean isAll = question.word("all").equals("true");
        if (selection.equals(QuarantineSelection.ALL) != isAll) {
            throw Problem.parameters(List.of(new Fault(
                    "all",
                    "missing",
                    isAll
                            ? "all=true means every message, and ids, cause, flow, step or device means some."
                            : "It does not say which messages.",
                    isAll ? "leave one of them out" : "say ids, cause, flow, step or device; or all=true")));
        }
        return selection;
    }
}
