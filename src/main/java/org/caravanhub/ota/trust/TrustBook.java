package org.caravanhub.ota.trust;

import java.util.List;
import java.util.Optional;
import org.caravanhub.audit.AuditEntry;

/**
 * What the owner said of trust, as it is kept; each change is one transaction with its entry in the audit. Asks the database: not for an
 * event loop. Safe for use by many threads.
 */
public interface TrustBook {
    /** Every key that is trusted, in the order of names. */
    List<TrustedKey> keys();

    /** Trusts a key; false if there is one of this name. */
    boolean add(TrustedKey key, AuditEntry audit);

    /** Trusts a key no more; false if there is none of this name. What it signed stays published. */
    boolean remove(String name, AuditEntry audit);

    /** Every model of which anything was ever said, in order. */
    List<FirmwarePolicy> policies();

    /** What was said of a model; empty if nothing ever was: then any signature will do, and none. */
    Optional<FirmwarePolicy> policy(String model);

    /** Says what is asked of a model's releases. */
    void save(FirmwarePolicy policy, AuditEntry audit);
}
