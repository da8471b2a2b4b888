package org.caravanhub.flow.watch;

/** Thrown in a flow that did not come to an end by itself, so that its message goes where its policy sends what fails. */
final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    GivenUp(String flow) {
        super("the flow " + flow + " did not come to an end and was given up", null, false, false);
    }
}
