package dev.kloset;

import java.io.IOException;

/** The configuration of a connector is wrong. The message names keys and reasons, never values. */
public final class ConfigException extends IOException {

    private static final long serialVersionUID = 1;

    public ConfigException(String message) {
        super(message);
    }
}
