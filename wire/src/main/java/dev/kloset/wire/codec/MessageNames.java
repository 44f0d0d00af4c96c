package dev.kloset.wire.codec;

import java.util.List;

/**
 * What a message and its fields are called, so that a fault can be told in words.
 *
 * @param fields from field number 1 on; an empty string where the numbering has a gap
 */
record MessageNames(String message, List<String> fields) {

    static MessageNames of(String message, String... fields) {
        return new MessageNames(message, List.of(fields));
    }

    /** {@return the field as a sentence names it, or the message itself for 0} */
    String field(int number) {
        if (number == 0) {
            return message;
        }
        boolean known = number <= fields.size() && !fields.get(number - 1).isEmpty();
        return known ? message + "." + fields.get(number - 1) : "field " + number + " of " + message;
    }
}
