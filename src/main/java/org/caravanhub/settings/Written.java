package org.caravanhub.settings;

/**
 * A value that somebody wrote, and where.
 *
 * @param key the setting's key, as written
 * @param value as written, without the blanks around it
 * @param place where, for a person: {@code config/caravan.properties:3}, {@code CARAVAN_HTTP_PORT}, {@code --http-port}
 */
public record Written(String key, String value, String place) {}
