package org.caravanhub.ota;

import java.time.Instant;

/**
 * A version of a model's firmware, as it was published. It never changes; a text that is not known is empty.
 *
 * @param id grows with each upload
 * @param model which devices it is for; with the version its name
 * @param version as devices tell it, letter by letter
 * @param artifact its file
 * @param key names the file in addresses: 32 hexadecimal digits that nobody can guess
 * @param notes for people who decide whether they want it
 * @param changelog what changed, for people who made it
 * @param minVersion the oldest version that may be updated to it
 * @param signedBy the name of the trusted key that signed it
 * @param uploadedAt when
 * @param uploadedBy by whom: {@code admin}, {@code api-key}
 */
public record Release(
        long id,
        String model,
        String version,
        Artifact artifact,
        String key,
        String notes,
        String changelog,
        String minVersion,
        String signedBy,
        Instant uploadedAt,
        String uploadedBy) {}
