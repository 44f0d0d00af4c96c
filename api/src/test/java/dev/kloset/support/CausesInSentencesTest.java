package dev.kloset.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The reason of a failure is often in the cause of the exception. */
class CausesInSentencesTest {

    @Test
    void aCauseFollowsWhatWasTried() {
        assertThat(Sentence.of(new IOException("cannot list /etc/passwd", new IOException("file is not a database"))))
                .isEqualTo("cannot list /etc/passwd: file is not a database");
        assertThat(Sentence.of(new IOException("cannot back up photos.", new IOException("cannot list 2024:",
                new IOException("quota exceeded")))))
                .isEqualTo("cannot back up photos: cannot list 2024: quota exceeded");
    }

    @Test
    void nothingIsSaidTwice() {
        IOException denied = new IOException("access denied");

        assertThat(Sentence.of(new IOException("cannot list photos: access denied", denied)))
                .isEqualTo("cannot list photos: access denied");
        assertThat(Sentence.of(new IOException("Access denied", new IOException("access denied (s3:ListBucket)"))))
                .isEqualTo("access denied (s3:ListBucket)");
        assertThat(Sentence.of(new IOException("a", new IOException("b", new IOException("a", new IOException("b"))))))
                .isEqualTo("a: b");
        assertThat(Sentence.of(new IOException("cannot read part 12", new IOException("part 1"))))
                .isEqualTo("cannot read part 12: part 1");
        assertThat(Sentence.of(new ConnectorException(ErrorKind.TRANSIENT, "cannot list photos", denied)
                .hint("wait for a while"))).isEqualTo("cannot list photos: access denied; wait for a while");
    }

    @Test
    void wrappersShowWhatTheyCarryAndNotTheNamesOfClasses() {
        IOException full = new IOException("disk is full");

        assertThat(Sentence.of(new IOException(full))).isEqualTo("disk is full");
        assertThat(Sentence.of(new UncheckedIOException(full))).isEqualTo("disk is full");
        assertThat(Sentence.of(new ExecutionException(full))).isEqualTo("disk is full");
        assertThat(Sentence.of(new CompletionException(new ExecutionException(full)))).isEqualTo("disk is full");
        assertThat(Sentence.of(new UndeclaredThrowableException(full))).isEqualTo("disk is full");
        assertThat(Sentence.of(new RuntimeException(full))).isEqualTo("disk is full");
        assertThat(Sentence.of(new IOException("cannot write: " + full, full)))
                .isEqualTo("cannot write: disk is full");
        assertThat(Sentence.of(new RuntimeException("cannot write", full))).isEqualTo("cannot write: disk is full");
    }

    @Test
    void theWrappedExceptionDecidesTheKind() {
        assertThat(ErrorKind.of(new CompletionException(new ConnectException()))).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(ErrorKind.of(new ExecutionException(new AccessDeniedException("/a"))))
                .isEqualTo(ErrorKind.PERMISSION);
        assertThat(ErrorKind.of(new RuntimeException(new UnknownHostException("a")))).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(ErrorKind.of(new RuntimeException(new NullPointerException()))).isEqualTo(ErrorKind.BUG);
    }

    @Test
    void aPathIsNotRepeated() {
        assertThat(Sentence.of(new IOException("cannot read /a/b", new NoSuchFileException("/a/b"))))
                .isEqualTo("cannot read /a/b: no such file or directory");
        assertThat(Sentence.of(new IOException("cannot read the key", new AccessDeniedException("/a"))))
                .isEqualTo("cannot read the key: permission denied: /a");
        assertThat(Sentence.of(new IOException("cannot restore b: permission denied",
                new AccessDeniedException("/proc/self/fd/9/b")))).isEqualTo("cannot restore b: permission denied");
        assertThat(Sentence.of(new IOException("cannot link /a: too many links",
                new FileSystemException("/proc/self/fd/9/b", null, "Too many links"))))
                .isEqualTo("cannot link /a: too many links");
    }

    @Test
    void bugsAmongTheCausesAreNamed() {
        assertThat(Sentence.of(new IOException("cannot list /a", new IndexOutOfBoundsException("Index 3"))))
                .isEqualTo("cannot list /a: java.lang.IndexOutOfBoundsException: Index 3");
        assertThat(Sentence.of(new IOException("cannot list /a", new StackOverflowError())))
                .isEqualTo("cannot list /a: java.lang.StackOverflowError");
        assertThat(Sentence.of(new IOException("cannot list /a", new TimeoutException())))
                .isEqualTo("cannot list /a: no answer in time");
        assertThat(Sentence.of(new IOException("cannot list /a", new IOException()))).isEqualTo("cannot list /a");
    }

    /** The HTTP client of the JDK, as a test with real connections has observed it. */
    @Test
    void aFailureToConnectWithoutAMessageIsExplained() {
        assertThat(Sentence.of(connecting(new ClosedChannelException())))
                .isEqualTo("cannot connect: the connection is refused, or the host cannot be reached");
        assertThat(Sentence.of(connecting(new UnresolvedAddressException())))
                .isEqualTo("cannot connect: unknown host");
        assertThat(ErrorKind.of(connecting(new ClosedChannelException()))).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(ErrorKind.of(connecting(new UnresolvedAddressException()))).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(Sentence.of(new ConnectException("Connection refused: example.org/192.0.2.1:443")))
                .isEqualTo("cannot connect to example.org:443: Connection refused");
        assertThat(Sentence.of(new IOException("cannot list photos: Connection refused",
                new ConnectException("Connection refused")))).isEqualTo("cannot list photos: Connection refused");
    }

    private static Throwable connecting(Throwable cause) {
        return new ConnectException().initCause(new ConnectException().initCause(cause));
    }

    @Test
    void suppressedExceptionsAreSilent() {
        IOException failure = new IOException("cannot write");
        failure.addSuppressed(new IOException("cannot close"));

        assertThat(Sentence.of(failure)).isEqualTo("cannot write");
    }

    @Test
    void circlesLongChainsAndLongTextsEnd() {
        IOException one = new IOException("one");
        IOException two = new IOException("two", one);
        one.initCause(two);
        assertThat(Sentence.of(one)).isEqualTo("one: two");

        IOException chain = new IOException("level 0");
        for (int level = 1; level < 1000; level++) {
            chain = new IOException("level " + level + ": " + chain.getClass().getName(), chain);
        }
        assertThat(Sentence.of(chain)).startsWith("level 999").contains("level 985").doesNotContain("level 900");

        assertThat(Sentence.of(new IOException("x ".repeat(100_000), new IOException("y ".repeat(100_000)))))
                .satisfies(sentence -> assertThat(sentence.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(
                        Sentence.MAX_BYTES));
    }

    @Test
    void anExceptionWhoseMethodsFailStillGivesASentence() {
        IOException hostile = new IOException("unused") {

            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }

            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException("no cause");
            }
        };
        assertThat(Sentence.of(new IOException("cannot list /a", hostile))).isEqualTo("cannot list /a");
        assertThat(Sentence.of(hostile)).endsWith("without a message");
    }

    @Test
    void wordsKeepTheirLineBreaksForTheSearchForSecrets() {
        assertThat(Sentence.words(new IOException("bad key", new IOException("-----BEGIN-----\nabc\n-----END-----"))))
                .isEqualTo("bad key: -----BEGIN-----\nabc\n-----END-----");
    }

    @Test
    void theLastCauseSpeaksForLibrariesThatWrapIt() {
        Throwable error = new IOException("outer", new RuntimeException(new IllegalStateException("at the end")));

        assertThat(Sentence.innermostMessage(error)).isEqualTo("at the end");
        assertThat(Sentence.innermostMessage(new IOException("alone"))).isEqualTo("alone");
        assertThat(Sentence.message(error)).isEqualTo("outer");
        assertThat(Sentence.message(new IOException(" "))).isEqualTo("IOException");
    }

    @Test
    void aCircleOfCausesHasALastOne() {
        IOException one = new IOException("one");
        one.initCause(new IOException("two", one));

        assertThat(Sentence.innermostMessage(one)).isIn("one", "two");
    }
}
