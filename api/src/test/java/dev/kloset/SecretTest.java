package dev.kloset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {

    private static final String CANARY = "canary-91c2";

    private record Holder(String name, Secret password, Optional<Secret> other, List<Secret> all) {}

    @Test
    void onlyRevealShowsTheText() {
        Secret secret = Secret.of(CANARY);
        assertThat(secret.reveal()).isEqualTo(CANARY);
        Holder holder = new Holder("n", secret, Optional.of(secret), List.of(secret));
        assertThat(holder.toString() + secret + String.format("%s %h", secret, secret) + new Exception("" + secret))
                .doesNotContain(CANARY);
    }

    @Test
    void equalTextsAreEqualAndHashesRevealNothing() {
        assertThat(Secret.of(CANARY)).isEqualTo(Secret.of(CANARY)).isNotEqualTo(Secret.of("other"));
        assertThat(Secret.of(CANARY).hashCode()).isEqualTo(Secret.of("other").hashCode());
    }

    @Test
    void itCannotBeSerialised() {
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(Secret.of(CANARY)))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void librariesThatWriteFieldsAsJsonFindNone() {
        for (Field field : Secret.class.getDeclaredFields()) {
            int modifiers = field.getModifiers();
            assertThat(Modifier.isStatic(modifiers) || Modifier.isTransient(modifiers)).as(field.getName()).isTrue();
        }
    }
}
