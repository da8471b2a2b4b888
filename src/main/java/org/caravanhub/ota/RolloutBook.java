package org.caravanhub.ota;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.caravanhub.audit.AuditEntry;

/**
 * Where rollouts are kept, and what became of devices in them. Every method throws {@code store.DatabaseAway} if the database cannot be asked
 * or written now; then nothing was changed. Safe for use by many threads.
 */
public interface RolloutBook {
    // ── Rollouts ─────────────────────────────────────────────────────────────────────────

    /** Those that something may become of, the newest first. */
    List<Rollout> open();

    /** Those of a model that are not over, and completed ones; the newest first. */
    List<Rollout> ofModel(String model);

    Optional<Rollout> find(long id);

    Optional<Rollout> find(String name);

    /** The one that gives the devices of this one the last good release back. */
    Optional<Rollout> returning(long id);

    List<Rollout> page(Rollouts.Filter filter);

    /**
     * Keeps a new rollout with the devices that it begins with.
     *
     * @param waiting made of its number
     * @return it, with its number; empty if there is one of this name
     */
    Optional<Rollout> create(Rollout made, Function<Rollout, List<DeviceUpdate>> waiting, AuditEntry audit);

    /**
     * Changes a rollout by what it is in this transaction.
     *
     * @param decision what it should be; empty to leave it
     * @param audit who did; empty if it did so by itself
     * @return what it is now; empty if nothing was changed
     */
    Optional<Rollout> change(long id, Function<Rollout, Optional<Rollout>> decision, Optional<AuditEntry> audit);

    // ── Devices in them ──────────────────────────────────────────────────────────────────

    /** What became of a device, by the rollout's number. */
    Map<Long, DeviceUpdate> ofDevice(String device);

    /** Devices of a rollout that something may still become of, ordered by id. */
    List<DeviceUpdate> openUpdates(long rollout);

    /** All devices of a rollout, ordered by id. */
    List<DeviceUpdate> updates(long rollout);

    Counts counts(long rollout);

    /** How many of those that wait are disabled. */
    int resting(long rollout);

    /** Ids of devices that came to a bad end, the last first. */
    List<String> failed(long rollout, int limit);

    Optional<DeviceUpdate> update(long rollout, String device);

    List<DeviceUpdate> page(long rollout, Optional<DeviceUpdate.State> state, String after, int limit);

    List<DeviceUpdate> recent(String device, String version, int limit);

    /** These are in their rollouts from now on, unless they are already. */
    void enrol(Collection<DeviceUpdate> waiting);

    /** These have not begun, and are not for this rollout any more. */
    void withdraw(long rollout, Collection<String> devices);

    /**
     * Changes a device's update by what it is in this transaction. Nothing is offered by a rollout that is paused or over by then.
     *
     * @param atOnce nothing is changed while so many devices of the rollout are at it; empty for any number
     * @return what it is now; empty if nothing was changed
     */
    Optional<DeviceUpdate> change(
            long rollout, String device, OptionalInt atOnce, Function<DeviceUpdate, Optional<DeviceUpdate>> decision);

    /**
     * A change that was decided on.
     *
     * @param was what it was then
     */
    record Moved(DeviceUpdate was, DeviceUpdate now) {}

    /** Makes many changes in one transaction, those that still are what they were; which were made. */
    List<Moved> change(List<Moved> moves);
}
