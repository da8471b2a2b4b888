package org.caravanhub.store;

/** Where the database is a PostgreSQL, the flow that reads the file through has nothing to do: a server looks after its own pages. */
public final class ElsewhereIntegrity {
    /** Does nothing. */
    public String check() {
        return "ok";
    }
}
