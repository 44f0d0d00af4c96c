package dev.kloset.processor;

import java.util.List;
import java.util.stream.Stream;

/** What the constructor of a record of settings takes at one place. */
sealed interface Argument permits Component, Argument.Included {

    /** {@return the settings in it, in the order of the records} */
    Stream<Component> settings();

    /**
     * Another record, whose settings stand beside those of the record that has it.
     *
     * @param record the record, as source
     */
    record Included(String record, List<Argument> arguments) implements Argument {

        @Override
        public Stream<Component> settings() {
            return arguments.stream().flatMap(Argument::settings);
        }
    }
}
