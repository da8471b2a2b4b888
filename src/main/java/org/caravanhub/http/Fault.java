package org.caravanhub.http;

/**
 * One thing that is wrong with a request.
 *
 * @param parameter the parameter it is about; empty if it is about none
 * @param code what class of mistake: {@code unknown}, {@code missing}, {@code wrong_type}, {@code out_of_range},
 *     {@code not_allowed}, {@code repeated}, or for a reading the cause of {@link org.caravanhub.reading.Malformed}
 * @param message what is wrong, for a person; foreign text in it is quoted and cut
 * @param hint what would be right; may be empty
 */
public record Fault(String parameter, String code, String message, String hint) {}
