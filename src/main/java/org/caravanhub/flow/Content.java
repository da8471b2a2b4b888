package org.caravanhub.flow;

import org.caravanhub.flow.history.VersionId;

/**
 * What is in a flow file.
 *
 * @param bytes all of it
 * @param id the version that these bytes are
 */
@SuppressWarnings("ArrayRecordComponent") // compared by id
record Content(byte[] bytes, String id) {
    static final Content NONE = of(new byte[0]);

    static Content of(byte[] bytes) {
        return new Content(bytes, VersionId.of(bytes));
    }

    boolean isSame(Content other) {
        return id.equals(other.id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content && isSame(content);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
