package org.caravanhub.forward;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.ExtendedCommand;

/** Keeps SQL from leaving its file: the driver understands {@code backup to} and {@code restore from}, which write and read any other. */
final class OneFile {
    private OneFile() {}

    /** The same connections, without those two commands. */
    static DataSource of(DataSource source) {
        return around(DataSource.class, source);
    }

    private static <T> T around(Class<T> type, Object inner) {
        return type.cast(Proxy.newProxyInstance(
                OneFile.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(inner, method, arguments)));
    }

    private static @Nullable Object call(Object inner, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (inner instanceof Statement
                && arguments != null
                && arguments.length > 0
                && arguments[0] instanceof String sql) {
            if (ExtendedCommand.parse(sql) != null) {
                throw new SQLException("backup and restore reach other files, so a flow may not use them");
            }
        }
        Object result;
        try {
            result = method.invoke(inner, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (inner instanceof DataSource && result instanceof Connection) {
            return around(Connection.class, result);
        }
        // Prepared ones are read by SQLite itself, which knows neither command.
        return method.getName().equals("createStatement")
                ? around(Statement.class, java.util.Objects.requireNonNull(result))
                : result;
    }
}
