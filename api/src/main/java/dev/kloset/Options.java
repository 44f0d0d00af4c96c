package dev.kloset;

import dev.kloset.exclude.Excludes;
import java.util.List;
import java.util.Objects;

/** What the host says about itself and the command. Immutable. */
public final class Options {

    private final String hostname;
    private final String operatingSystem;
    private final String architecture;
    private final String cwd;
    private final int maxConcurrency;
    private final List<String> excludes;
    private final boolean noXattr;

    private Options(Builder builder) {
        this.hostname = builder.hostname;
        this.operatingSystem = builder.operatingSystem;
        this.architecture = builder.architecture;
        this.cwd = builder.cwd;
        this.maxConcurrency = builder.maxConcurrency;
        this.excludes = builder.excludes;
        this.noXattr = builder.noXattr;
    }

    /** {@return a builder with empty values and a concurrency of one} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with these values} */
    public Builder toBuilder() {
        return new Builder().hostname(hostname)
                .operatingSystem(operatingSystem)
                .architecture(architecture)
                .cwd(cwd)
                .maxConcurrency(maxConcurrency)
                .excludes(excludes)
                .noXattr(noXattr);
    }

    /** {@return the name of the machine that runs the host; in a plugin {@code localhost} if the host does not send it} */
    public String hostname() {
        return hostname;
    }

    /** {@return the operating system in Go's words: {@code linux}, {@code darwin}, {@code windows}} */
    public String operatingSystem() {
        return operatingSystem;
    }

    /** {@return the processor in Go's words: {@code amd64}, {@code arm64}} */
    public String architecture() {
        return architecture;
    }

    /** {@return the directory in which the user ran the command} */
    public String cwd() {
        return cwd;
    }

    /** {@return how many contents the host opens at once, at least 1} */
    public int maxConcurrency() {
        return maxConcurrency;
    }

    /**
     * {@return the user's exclude patterns, one a line} The host applies them in any case; an importer uses {@link Excludes} to
     * skip early.
     */
    public List<String> excludes() {
        return excludes;
    }

    /** {@return whether the user does not want extended attributes} Plakar v1.1 never sends this. */
    public boolean noXattr() {
        return noXattr;
    }

    /** Builds {@link Options}. Not for several threads. */
    public static final class Builder {

        private String hostname = "";
        private String operatingSystem = "";
        private String architecture = "";
        private String cwd = "";
        private int maxConcurrency = 1;
        private List<String> excludes = List.of();
        private boolean noXattr;

        private Builder() {}

        /** Set the name of the machine that runs the host. */
        public Builder hostname(String value) {
            hostname = Objects.requireNonNull(value, "hostname");
            return this;
        }

        /** Set the operating system in Go's words. */
        public Builder operatingSystem(String value) {
            operatingSystem = Objects.requireNonNull(value, "operatingSystem");
            return this;
        }

        /** Set the processor in Go's words. */
        public Builder architecture(String value) {
            architecture = Objects.requireNonNull(value, "architecture");
            return this;
        }

        /** Set the user's directory. */
        public Builder cwd(String value) {
            cwd = Objects.requireNonNull(value, "cwd");
            return this;
        }

        /** Set the concurrency; hosts send zero and negative numbers, which become 1. */
        public Builder maxConcurrency(long value) {
            maxConcurrency = Math.clamp(value, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Set the exclude patterns; they are copied. */
        public Builder excludes(List<String> value) {
            excludes = List.copyOf(value);
            return this;
        }

        /** Set whether the user does not want extended attributes. */
        public Builder noXattr(boolean value) {
            noXattr = value;
            return this;
        }

        /** {@return the options} */
        public Options build() {
            return new Options(this);
        }
    }
}
