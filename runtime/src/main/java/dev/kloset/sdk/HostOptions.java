package dev.kloset.sdk;

import dev.kloset.Options;

/** What a host says about itself. Options are a message of their own, which a host may leave out. */
final class HostOptions {

    /** What a backup of a machine without a name has always been called. */
    private static final String NAMELESS = "localhost";

    private HostOptions() {}

    /** {@return {@code sent}, with a name of the machine in any case} Most connectors take it for their origin, which is never empty. */
    static Options named(Options sent) {
        return sent.hostname().isEmpty() ? sent.toBuilder().hostname(NAMELESS).build() : sent;
    }
}
