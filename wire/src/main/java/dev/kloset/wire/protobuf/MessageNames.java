package dev.kloset.wire.protobuf;

import java.util.List;

/**
 * The names of a message and its fields, so that a fault can be reported in words.
 *
 * @param fields from field number 1 on; an empty string for a gap in the numbering
 */
public record MessageNames(String message, List<String> fields) {

    public static MessageNames of(String message, String... fields) {
        return new MessageNames(message, List.of(fields));
    }

    /** {@return the name of the field in a sentence, or of the message itself for 0} */
    public String field(int number) {
        if (number == 0) {
            return message;
        }
        boolean known = number <= fields.size() && !fields.get(number - 1).isEmpty();
        return known ? message + "." + fields.get(number - 1) : "field " + number + " of " + message;
    }
}
