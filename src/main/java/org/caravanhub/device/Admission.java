package org.caravanhub.device;

/** Whether what a device says is taken. Asked for every message, so it must be quick; safe for use by many threads. */
public interface Admission {
    /** Everything is taken, from everybody. */
    Admission EVERYBODY = device -> Verdict.TAKE;

    /** What becomes of what a device says. */
    enum Verdict {
        /** It is kept. */
        TAKE,
        /** It is set aside until the device is registered. */
        HOLD,
        /** It is refused. */
        REJECT
    }

    /** What becomes of what this one says now. */
    Verdict of(String device);

    /** What becomes of it where somebody else speaks for it: who is registered speaks for whom nobody has registered. */
    default Verdict of(String device, String through) {
        return of(device);
    }

    /** Whether nobody has to be asked for, at the moment. */
    default boolean isOpen() {
        return this == EVERYBODY;
    }
}
