package dev.kloset;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says more about one setting of a {@link Configuration}. All texts are in the syntax of the setting's own type. */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.SOURCE)
public @interface Setting {

    /** {@return what the setting does, in one sentence for users} */
    String value() default "";

    /** {@return the key, if it is not the name of the component} */
    String key() default "";

    /** {@return the value if the user gives none} An empty text is no default. */
    String defaultValue() default "";

    /** {@return the smallest value of a number, a duration or a size} */
    String min() default "";

    /** {@return the largest value of a number, a duration or a size} */
    String max() default "";

    /** {@return a regular expression for the whole of a String; keep to what Java and ECMAScript read alike} */
    String pattern() default "";

    /** {@return keys of earlier versions: still accepted, with a warning that names the present key} */
    String[] formerly() default {};

    /** {@return the port of a {@link RemoteLocation} that names none} Without one the user must name it. */
    int defaultPort() default 0;
}
