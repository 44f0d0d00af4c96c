package dev.kloset.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.support.Sentence;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A restore of which something failed fails as a whole. */
class ExportFailuresTest {

    private final ExportFailures failures = new ExportFailures("db.example.org");

    @Test
    void withoutAFailureTheRestoreIsComplete() {
        assertThatCode(failures::check).doesNotThrowAnyException();
        assertThatCode(failures::end).doesNotThrowAnyException();
    }

    @Test
    void theFirstFailureIsNamedAndTheOthersAreCounted() {
        failures.add(new IOException("the disk is full"));
        failures.add(new IllegalStateException("later"));

        assertThatCode(failures::check).doesNotThrowAnyException();
        assertThatThrownBy(failures::end).satisfies(e -> assertThat(Sentence.of(e)).isEqualTo(
                "the restore into db.example.org is not complete: 2 files failed, the first because: the disk is full"));
    }

    @Test
    void afterAStopNothingMoreIsTriedAndItsReasonIsTheSentence() {
        IOException reason = new IOException("table T exists");
        assertThat(failures.stop(reason)).isSameAs(reason);
        failures.stop(new IOException("later"));
        failures.add(new IOException("another"));

        assertThatThrownBy(failures::check).hasMessage("not restored: table T exists");
        assertThatThrownBy(failures::end).isSameAs(reason);
    }
}
