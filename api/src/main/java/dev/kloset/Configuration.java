package dev.kloset;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record as the configuration of a connector: every component is a setting, its key is the component's name with
 * {@code _} between the words ({@code accessKey} is {@code access_key}).
 *
 * <p>A component is required unless it is {@link java.util.Optional}, a {@link java.util.List} (empty without a value), a
 * {@code boolean} (false without a value) or has a default. Its type is one of String, {@link Secret}, int, long, double,
 * boolean, an enum, {@link java.time.Duration}, {@link ByteSize}, {@link java.net.URI}, {@link java.nio.file.Path},
 * {@link Location}, {@link RemoteLocation}; or an Optional or a List of one of these. A component of type
 * {@link ConnectorConfig} takes the settings that nobody else takes; without one they are mistakes.
 *
 * <p>The annotation processor of the artifact {@code kloset-processor} makes the {@link ConfigModel} at compile time,
 * because looking at annotations while the plugin starts costs more than the whole rest of the start.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
public @interface Configuration {

    /** {@return what is configured, in one sentence for the documentation} */
    String value() default "";
}
