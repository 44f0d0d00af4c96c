package dev.kloset;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record as the configuration of a connector: every component is a setting, and its key is the component's name with
 * {@code _} between the words ({@code accessKey} becomes {@code access_key}).
 *
 * <p>A component is required unless it is {@link java.util.Optional}, a {@link java.util.List} (empty without a value), a {@code
 * boolean} (false without a value) or has a default. Its type is one of String, {@link Secret}, int, long, double, boolean, an
 * enum, {@link java.time.Duration}, {@link ByteSize}, {@link java.net.URI}, {@link java.nio.file.Path}, {@link Location}, {@link
 * RemoteLocation}, {@link ClusterLocation}, {@link HostList}, {@link Split}, {@link ExtensionJars}; or an Optional or a List of one of
 * these. A component whose type is another record marked like this stands for the settings of that record, under their own keys. A
 * component of type {@link ConnectorConfig} takes the settings that no other component takes; without one they are
 * mistakes.
 *
 * <p>The annotation processor of the artifact {@code kloset-processor} makes the {@link ConfigModel} at compile time, because
 * reading annotations while the plugin starts costs more than the whole rest of the start.
 *
 * <p>In Kotlin, mark a {@code @JvmRecord data class}. The processor works on its compiled class, of which the Java compiler needs
 * the name.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS) // the processor reads what Kotlin has compiled
public @interface Configuration {

    /** {@return what the user configures, in one sentence for the documentation} */
    String value() default "";
}
