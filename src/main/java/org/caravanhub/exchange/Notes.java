package org.caravanhub.exchange;

/** The names of the exchange properties by which Caravan's parts tell each other something; a flow may read them. */
public final class Notes {
    /**
     * The {@code List} of {@link org.caravanhub.message.Message} that the exchange began with, whatever becomes of its body;
     * {@code store:quarantine} keeps these.
     */
    public static final String MESSAGES = "CaravanMessages";

    /** The id of the step that failed, noted when the flow's error policy took over. */
    public static final String FAILED_STEP = "CaravanFailedStep";

    /** The number, a {@code Long}, of the message in quarantine that is being replayed: what is stored takes its place. */
    public static final String REPLAY_OF = "CaravanReplayOf";

    /** The id of the device that the exchange is about, where its start knows it; {@code notify:} names it. */
    public static final String DEVICE = "CaravanDevice";

    /**
     * Who takes what the flow would keep, instead of the store: a {@code org.caravanhub.store.Gathering}. Set while a message is
     * replayed.
     */
    public static final String GATHERING = "CaravanGathering";

    private Notes() {}
}
