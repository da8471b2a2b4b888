package org.caravanhub.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.broker.PasswordHash;
import org.caravanhub.device.ClaimCode;
import org.caravanhub.device.Credential;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistryListener;
import org.caravanhub.store.AccessBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes devices, and gives them credentials. Each is committed and at the broker when a method returns; a password is in the answer of the
 * method that made it and nowhere else. Methods throw {@link Refused} with what is wrong, and {@link org.caravanhub.store.DatabaseAway}.
 */
public final class Provisioning {
    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
    private static final int ID_FROM_NAME = 40;

    private final AccessBook book;
    private final Accounts accounts;
    private final LoginProof proof;
    private final RegistryListener news;
    private final Clock clock;

    /**
     * What somebody wants to make. What is not said is empty.
     *
     * @param id empty: made from the name
     */
    public record Wish(
            String id,
            Registration.Topics topics,
            String model,
            String name,
            String group,
            List<String> tags,
            String location,
            String notes) {
        /** The same for another family, model and so on, as a claim code says. */
        Wish as(ClaimCode code) {
            return new Wish(
                    code.device().isEmpty() ? id : code.device(),
                    code.topics(),
                    code.model().isEmpty() ? model : code.model(),
                    name,
                    code.group(),
                    tags,
                    location,
                    notes);
        }
    }

    /**
     * A device with its new password.
     *
     * @param registration what is known of it
     * @param user what it signs in as
     * @param password shown once
     * @param proof whether the broker lets it in
     */
    public record Issued(Registration registration, String user, String password, LoginProof.Outcome proof) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Issued[" + user + "]";
        }
    }

    /** Makes devices in this book, lets them in by these accounts, has that proved, and tells of them. */
    public Provisioning(AccessBook book, Accounts accounts, LoginProof proof, RegistryListener news, Clock clock) {
        this.news = news;
        this.book = book;
        this.accounts = accounts;
        this.proof = proof;
        this.clock = clock;
    }

    /** Makes a device. */
    public Issued provision(Wish wish, String who) {
        String password = Letters.password();
        Registration registration = registration(wish);
        try {
            book.provision(newcomer(registration, password, who, "provision-device", "{}"));
        } catch (AccessBook.InTheWay e) {
            throw inTheWay(e, registration.device());
        }
        return issued(registration, UserNames.first(registration.device()), password, "provisioned", who);
    }

    /** Makes a device by a claim code; of many who use one at once, one is let in. */
    public Issued claim(String code, Wish wish) {
        Instant now = clock.instant();
        String password = Letters.password();
        AccessBook.Claim claim;
        try {
            claim = book.claim(Letters.hash(code), now, found -> {
                if (!found.device().isEmpty()
                        && !wish.id().isEmpty()
                        && !wish.id().equals(found.device())) {
                    throw new Refused(
                            Refused.Why.WRONG,
                            "id",
                            "This code is for " + found.device() + ". Leave the id out, or say that.");
                }
                Registration registration = registration(wish.as(found));
                String who = "device:" + registration.device();
                String details = "{\"claim_code\":\"" + found.id() + "\"}";
                return newcomer(registration, password, who, "claim-device", details);
            });
        } catch (AccessBook.InTheWay e) {
            throw inTheWay(e, wish.id());
        }
        if (claim instanceof AccessBook.Claim.Made made) {
            Registration registration = made.newcomer().registration();
            String user = UserNames.first(registration.device());
            return issued(
                    registration,
                    user,
                    password,
                    "claimed",
                    "claim-code/" + made.code().id());
        }
        Optional<ClaimCode> known = ((AccessBook.Claim.Refused) claim).code();
        LOG.info(
                "access=claim-refused code={} reason=\"{}\"",
                known.map(ClaimCode::id).orElse("-"),
                known.map(found -> found.usedAt().isPresent() ? "used by " + found.usedBy() : "expired")
                        .orElse("unknown"));
        throw new Refused(
                known.isPresent() ? Refused.Why.NO_CLAIM : Refused.Why.UNKNOWN,
                "",
                "This claim code is worth nothing: it is not one, was used, or is too old. Ask for a new one.");
    }

    /**
     * Gives a device a new password; the one before is valid for a while longer.
     *
     * @param overlap how long; zero ends it at once
     */
    public Issued rotate(String device, Duration overlap, String who) {
        Instant now = clock.instant();
        String password = Letters.password();
        PasswordHash hash = PasswordHash.of(password);
        Registration registration = known(device);
        Credential made = book.rotate(
                        device,
                        now,
                        now.plus(overlap),
                        newest -> credential(UserNames.after(newest.user(), device), device, hash, now),
                        entry(who, "rotate-credential", device, "{\"overlap_s\":" + overlap.toSeconds() + "}"))
                .orElseThrow(() -> new Refused(
                        Refused.Why.IN_THE_WAY,
                        "",
                        "The device " + device
                                + " has no credential that could be followed by another. Give it a first one: `caravan device credentials "
                                + device + " --replace --yes`."));
        return issued(registration, made.user(), password, "rotated", who);
    }

    /** Takes every credential of a device away; how many there were. */
    public int revoke(String device, String who) {
        int gone = book.revoke(device, Optional.empty(), entry(who, "revoke-credentials", device, "{}"))
                .orElseThrow(() -> unknown(device));
        accounts.forget(device);
        accounts.refresh(Map.of());
        LOG.info("access=revoked device={} by={} credentials={}", device, who, gone);
        return gone;
    }

    /** Takes every credential of a device away, and gives it a new one. */
    public Issued replace(String device, String who) {
        Registration registration = known(device);
        String password = Letters.password();
        Credential first = credential(UserNames.first(device), device, PasswordHash.of(password), clock.instant());
        if (book.revoke(device, Optional.of(first), entry(who, "replace-credentials", device, "{}"))
                .isEmpty()) {
            throw unknown(device);
        }
        return issued(registration, first.user(), password, "replaced", who);
    }

    /** What is known of a device. */
    public Registration known(String device) {
        return book.registration(device).orElseThrow(() -> unknown(device));
    }

    /** What a device signs in with, the newest first. */
    public List<Credential> credentials(String device) {
        return book.credentials(known(device).device(), clock.instant());
    }

    private Issued issued(Registration registration, String user, String password, String how, String who) {
        accounts.forget(registration.device());
        accounts.refresh(Map.of(user, password));
        news.changed(registration.device());
        LOG.info("access={} device={} user={} by={}", how, registration.device(), user, who);
        return new Issued(registration, user, password, proof.of(user, password));
    }

    private AccessBook.Newcomer newcomer(
            Registration registration, String password, String who, String action, String details) {
        String device = registration.device();
        Credential credential =
                credential(UserNames.first(device), device, PasswordHash.of(password), registration.createdAt());
        return new AccessBook.Newcomer(registration, credential, entry(who, action, device, details));
    }

    private Registration registration(Wish wish) {
        String id = wish.id().isEmpty() ? idFrom(wish.name()) : wish.id();
        accounts.check(id, wish.topics());
        Instant now = clock.instant();
        return new Registration(
                id,
                wish.topics(),
                wish.model(),
                wish.name(),
                wish.group(),
                wish.tags(),
                wish.location(),
                wish.notes(),
                Optional.empty(),
                false,
                now,
                now);
    }

    /**
     * {@code Hut door} becomes {@code hut-door}, each time, so that a request that is repeated makes no second device; what leaves no letters
     * becomes {@code device-k7qd}.
     */
    static String idFrom(String name) {
        String plain = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String stem = plain.length() > ID_FROM_NAME ? plain.substring(0, ID_FROM_NAME) : plain;
        return stem.isEmpty() ? "device-" + Letters.suffix() : stem;
    }

    private AuditEntry entry(String who, String action, String device, String details) {
        return new AuditEntry(clock.instant(), who, action, "device/" + device, details);
    }

    private static Credential credential(String user, String device, PasswordHash hash, Instant now) {
        return new Credential(user, device, hash.text(), now, Optional.empty());
    }

    private static Refused unknown(String device) {
        return new Refused(Refused.Why.UNKNOWN, "id", device);
    }

    private static Refused inTheWay(AccessBook.InTheWay e, String wanted) {
        String there = e.device();
        String what = there.equals(wanted) || wanted.isEmpty()
                ? "There is a device " + there + " already."
                : "There is a device " + there + ", which differs from " + wanted
                        + " in the case of its letters only; nobody could tell them apart.";
        return new Refused(
                Refused.Why.IN_THE_WAY,
                "id",
                what + " Choose another id, or give it a new password: `caravan device credentials " + there
                        + " --replace --yes`, or POST /api/v1/devices/" + there + "/credentials/replace.");
    }
}
