package dev.kloset.sdk.internal.log;

import dev.kloset.Options;

/** What a host says about itself. Options are a message of their own, which a host may omit. */
public final class HostOptions {

    /** The traditional name in backups of a machine without a name. */
    private static final String NAMELESS = "localhost";

    private HostOptions() {}

    /**
     * {@return {@code sent}, always with a name of the machine} Most connectors use it as their origin, which is never empty.
     */
    public static Options named(Options sent) {
        return sent.hostname().isEmpty() ? sent.toBuilder().hostname(NAMELESS).build() : sent;
    }
}
