package org.caravanhub.live;

/** What a flow that starts from {@code store:} is told. As text it is JSON. */
public sealed interface Told permits LiveReading, LiveValue {
    /** Whose it is. */
    String device();

    /** It as JSON that can be read as a reading again. */
    String text();
}
