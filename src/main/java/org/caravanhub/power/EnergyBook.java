package org.caravanhub.power;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Knows what flowed. Asks the database: not for an event loop. */
public interface EnergyBook {
    /** Of each hour that begins in the stretch, also of those without any. */
    List<Energy> hours(String device, Instant from, Instant to);

    /** Of each day of the place, which may have 23 or 25 hours. */
    List<Energy> days(String device, Instant from, Instant to, ZoneId zone);

    /** Of the day so far. */
    Energy today(String device, Instant now, ZoneId zone);

    /** Readings further apart have no energy between them. */
    Duration gap();
}
