package org.caravanhub.device;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is let in, from memory: what is set for unknown devices, and who is registered and who is disabled, as the database said last. As long as
 * the hub could not ask it at all, nobody is locked out.
 */
public final class Admitted implements Admission {
    /** What becomes of what unknown devices say. */
    public enum Unknown {
        ACCEPT,
        HOLD,
        REJECT;

        /** The policy that a word of the settings names. */
        public static Unknown of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    private final Unknown unknown;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final Set<String> disabled = ConcurrentHashMap.newKeySet();
    private volatile boolean isKnown;

    /** Knows nobody yet. */
    public Admitted(Unknown unknown) {
        this.unknown = unknown;
    }

    /** What is set for unknown devices. */
    public Unknown unknown() {
        return unknown;
    }

    @Override
    public boolean isOpen() {
        return unknown == Unknown.ACCEPT && disabled.isEmpty();
    }

    @Override
    public Verdict of(String device) {
        if (disabled.contains(device)) {
            return Verdict.REJECT;
        }
        if (unknown == Unknown.ACCEPT || !isKnown || registered.contains(device)) {
            return Verdict.TAKE;
        }
        return unknown == Unknown.HOLD ? Verdict.HOLD : Verdict.REJECT;
    }

    @Override
    public Verdict of(String device, String through) {
        boolean isKnownItself = disabled.contains(device) || registered.contains(device);
        return isKnownItself && !disabled.contains(through) ? of(device) : of(through);
    }

    /** The whole registry, as it was read; nobody else is known. Who is registered is remembered only if it matters. */
    public void learn(Set<String> allRegistered, Set<String> allDisabled) {
        if (unknown != Unknown.ACCEPT) {
            registered.addAll(allRegistered);
            registered.retainAll(allRegistered);
        }
        disabled.addAll(allDisabled);
        disabled.retainAll(allDisabled);
        isKnown = true;
    }

    /** One device, as it is now. */
    public void learn(String device, boolean isRegistered, boolean isDisabled) {
        if (isRegistered && unknown != Unknown.ACCEPT) {
            registered.add(device);
        } else {
            registered.remove(device);
        }
        if (isDisabled) {
            disabled.add(device);
        } else {
            disabled.remove(device);
        }
    }
}
