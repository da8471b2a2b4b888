package org.caravanhub.http;

/** Every way a request can fail; each is explained in {@code docs/reference/errors.md}. The words are part of the API. */
public enum ProblemCode {
    /** The request is not HTTP as it should be: no or two {@code Host}, a target that is no path. */
    BAD_REQUEST(400, "The request is malformed"),
    /** A parameter is unknown, missing, or has a value it cannot have. */
    INVALID_PARAMETER(400, "A parameter is wrong"),
    /** No credential, or not a valid one. */
    UNAUTHORIZED(401, "Sign in first"),
    /** The credential is valid, but not for this. */
    FORBIDDEN(403, "Not allowed"),
    /** A page of another origin tried to change something. */
    CROSS_SITE(403, "Refused from another site"),
    /** There is nothing at this path, or no such thing. */
    NOT_FOUND(404, "Not found"),
    /** The path is right, the method is not. */
    METHOD_NOT_ALLOWED(405, "Wrong method"),
    /** Something of this name is there already. */
    CONFLICT(409, "In the way"),
    /** A claim code that is worth nothing. */
    CLAIM_REFUSED(410, "The code is worth nothing"),
    /** The body is larger than the hub takes. */
    TOO_LARGE(413, "Too large"),
    /** The address is longer than the hub reads. */
    URI_TOO_LONG(414, "Address too long"),
    /** The body is of a type that is not understood here. */
    UNSUPPORTED_MEDIA_TYPE(415, "Wrong Content-Type"),
    /** The {@code Host} is not a name of this hub. */
    WRONG_HOST(421, "Not this host"),
    /** Nothing that was sent could be understood; it is in quarantine. */
    MALFORMED_READING(422, "Not understood"),
    /** A line that should be a reading is none; nothing of the request was stored. */
    MALFORMED_IMPORT(422, "A line is not a reading"),
    /** Another version is there than the one that was to be changed. */
    VERSION_CHANGED(412, "Changed meanwhile"),
    /** A flow file that has mistakes; nothing was changed. */
    REJECTED_FLOW(422, "The flow has mistakes"),
    /** The device was heard, but is not registered. */
    NOT_REGISTERED(409, "Not registered"),
    /** What cannot be undone was not confirmed. */
    NOT_CONFIRMED(422, "Confirm it"),
    /** A file of devices with mistakes; nothing of it was taken over. */
    MALFORMED_DEVICES(422, "The file has mistakes"),
    /** The device is disabled, or nobody has registered it. */
    DEVICE_REFUSED(403, "Nothing is taken from this device"),
    /** A device would not understand it, or it has to be confirmed. */
    REFUSED_COMMAND(422, "Refused command"),
    /** It cannot be done as things are now. */
    NOT_NOW(409, "Not as things are"),
    /** It was not said which version is to be changed. */
    PRECONDITION_REQUIRED(428, "Say which version"),
    /** A flow that cannot be tried with this message, or not at all. */
    NOT_TRIED(422, "The flow cannot be tried"),
    /** Too many wrong credentials or claim codes. */
    TOO_MANY_ATTEMPTS(429, "Too many attempts"),
    /** Another service is asked through the hub, and it may not be asked so often. */
    TOO_SOON(429, "Too soon"),
    /** What asks for {@code X-API-Key} cannot be asked, since none is set up. */
    API_KEY_UNSET(503, "No API key is set up"),
    /** An upload that is no firmware for this model, or not one that is trusted; nothing of it was kept. */
    REFUSED_FIRMWARE(422, "Refused firmware"),
    /** It would take room that is meant for something else. */
    NO_ROOM(507, "No room"),
    /** What a client of an older service sent lacks something, or has what cannot be. */
    NOT_UNDERSTOOD(422, "The request was not understood"),
    /** A part of a file was asked for that begins after its end. */
    RANGE_BEYOND(416, "Beyond the end"),
    /** The file of a release is not what was uploaded; it is not handed out. */
    DAMAGED_FIRMWARE(500, "Firmware is damaged"),
    /** A backup that is not what was saved, or of another program; nothing was changed. */
    BROKEN_BACKUP(422, "The backup is not whole"),
    /** A backup could not be made, read or brought back: the disk, the database. */
    BACKUP_FAILED(500, "It could not be done"),
    /** Headers longer than the hub reads. */
    HEADERS_TOO_LARGE(431, "Headers too large"),
    /** A fault of the hub; the log knows more. */
    INTERNAL(500, "Internal error"),
    /** The flow that answers this path failed; it is one of the owner's own. */
    FLOW_FAILED(500, "The flow failed"),
    /** The query ran into its time limit. */
    QUERY_TOO_SLOW(503, "The query took too long"),
    /** It was not committed in time. */
    STORE_BUSY(503, "Not stored in time"),
    /** The database is elsewhere and does not answer. */
    DATABASE_AWAY(503, "The database is away"),
    /** Too much of this is going on at the moment. */
    BUSY(503, "Busy");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }

    /** A few words that are the same each time. */
    public String title() {
        return title;
    }

    /** The word in {@code code} and at the end of {@code type}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
