package dev.kloset;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says more about one setting of a {@link Configuration}. All texts are in the syntax of the setting's own type. In Java it
 * belongs to a component of a record; in Kotlin, whose compiler knows no components, to a parameter of the constructor.
 */
@Documented
@Target({ ElementType.RECORD_COMPONENT, ElementType.PARAMETER })
@Retention(RetentionPolicy.CLASS) // the processor reads what Kotlin has compiled
public @interface Setting {

    /** {@return what the setting does, in one sentence for users} */
    String value() default "";

    /** {@return the key, if it is not the name of the component} */
    String key() default "";

    /** {@return the value if the user gives none} An empty text means no default. */
    String defaultValue() default "";

    /** {@return the smallest value of a number, a duration or a size} */
    String min() default "";

    /** {@return the largest value of a number, a duration or a size} */
    String max() default "";

    /** {@return a regular expression that the whole String must match; use only what Java and ECMAScript read alike} */
    String pattern() default "";

    /** {@return keys of earlier versions: still accepted, with a warning that names the current key} */
    String[] aliases() default {};

    /**
     * {@return the port of a host that names none} A {@link RemoteLocation} without this default must name its port; the hosts of a
     * {@link ClusterLocation} or a {@link HostList} then have none.
     */
    int defaultPort() default 0;
}
