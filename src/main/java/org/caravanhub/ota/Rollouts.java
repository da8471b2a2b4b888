package org.caravanhub.ota;

import java.util.List;
import java.util.Optional;

/**
 * Which release goes to which devices, as people steer it. Each change leaves an audit row in its transaction; {@code action} is the
 * operation of the API that it came by. Asks the database: not for an event loop. Safe for use by many threads.
 *
 * <p>Every method throws {@code store.DatabaseAway} if the database cannot be asked now.
 */
public interface Rollouts {
    /** What it would do; changes nothing. Refused as {@link #create} is. */
    Preview preview(RolloutDraft draft);

    /**
     * Makes it, and begins it unless it is to be paused.
     *
     * @throws RolloutRefused with INVALID, NO_RELEASE or NAME_TAKEN
     */
    Rollout create(RolloutDraft draft, Asker asker);

    /** The newest first. */
    List<RolloutStatus> list(Filter filter);

    /** The one with this number. */
    Optional<RolloutStatus> find(long id);

    /** The one with this name. */
    Optional<RolloutStatus> find(String name);

    /** Nobody is offered it any more until it is resumed. Pausing one that is paused changes nothing. */
    Rollout pause(long id, String why, Asker asker);

    /** It goes on; what failed before does not pause it again. Resuming one that runs changes nothing. */
    Rollout resume(long id, Asker asker);

    /** Its next ring begins, whatever the last one came to. NOT_NOW if there is none. */
    Rollout advance(long id, Asker asker);

    /** More devices of the ring that it has come to. INVALID if that would be fewer. */
    Rollout raise(long id, int percent, Asker asker);

    /** Its devices get the last good release back, by a rollout of its own. NOTHING_TO_RETURN if there is none. */
    Rollout rollback(long id, Asker asker);

    /** It ends for good; devices that have the release keep it. */
    Rollout stop(long id, Asker asker);

    /**
     * A page of a rollout's devices, ordered by id.
     *
     * @param state only those; empty for all
     * @param after the last device of the page before; empty for the first page
     */
    List<DeviceUpdate> updates(long id, Optional<DeviceUpdate.State> state, String after, int limit);

    /** What became of one device in a rollout. */
    Optional<DeviceUpdate> update(long id, String device);

    /**
     * What became of devices lately, over all rollouts, the newest first.
     *
     * @param device only its; empty for all
     * @param version only of this release; empty for all
     */
    List<DeviceUpdate> recent(String device, String version, int limit);

    /** How each release of a model does, those that were rolled out; the newest upload first. */
    List<Figures> figures(String model);

    /**
     * Who asks for a change.
     *
     * @param who the name of the principal
     * @param action the operation of the API
     */
    record Asker(String who, String action) {}

    /**
     * Which rollouts.
     *
     * @param model only of this model; empty for all
     * @param state only those; empty for all
     * @param before only with a smaller number; {@link Long#MAX_VALUE} for the first page
     */
    record Filter(String model, Optional<Rollout.State> state, long before, int limit) {}
}
