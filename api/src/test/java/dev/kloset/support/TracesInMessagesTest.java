package dev.kloset.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Some servers send their stack as the message of an error. */
class TracesInMessagesTest {

    private static final String HADOOP = """
            Permission denied: user=joe, access=READ_EXECUTE, inode="/secret":hdfs:supergroup:drwx------
            \tat org.apache.hadoop.hdfs.server.namenode.FSPermissionChecker.check(FSPermissionChecker.java:506)
            \tat org.apache.hadoop.hdfs.server.namenode.FSNamesystem.getListing(FSNamesystem.java:4032)
            \tat java.base/java.security.AccessController.doPrivileged(AccessController.java:712)
            \t... 12 more
            """;

    @Test
    void theTraceOfAJavaServerIsLeftOut() {
        String expected = "Permission denied: user=joe, access=READ_EXECUTE, "
                + "inode=\"/secret\":hdfs:supergroup:drwx------";
        assertThat(Sentence.of(new IOException(HADOOP))).isEqualTo(expected);
        assertThat(Sentence.of(HADOOP)).isEqualTo(expected);
        assertThat(Sentence.of(new IOException("cannot list /secret", new IOException(HADOOP))))
                .isEqualTo("cannot list /secret: " + expected);
        assertThat(Sentence.of(new IOException("org.apache.hadoop.AccessControlException: " + HADOOP)))
                .isEqualTo(expected);
    }

    @Test
    void theCausesInATraceAreKeptWhereTheyAddSomething() {
        assertThat(Sentence.of("""
                java.io.IOException: cannot open region
                \tat org.example.Region.open(Region.java:1)
                Caused by: java.io.UncheckedIOException: java.io.IOException: checksum differs
                of block 7
                \tat org.example.Block.read(Block.java:1)
                \tSuppressed: java.io.IOException: cannot close
                \t\tat org.example.Block.close(Block.java:2)
                Caused by: java.io.IOException: checksum differs
                \t... 3 more
                """)).startsWith("cannot open region: checksum differs of block 7")
                .doesNotContain(".java", "org.example");
        assertThat(Sentence.of("failed\n\tat a.B.c(D.java:1)\nCaused by: java.util.concurrent.TimeoutException\n"))
                .isEqualTo("failed: java.util.concurrent.TimeoutException");
    }

    @Test
    void theTracesOfOtherLanguagesAreLeftOut() {
        assertThat(Sentence.of("""
                System.IO.IOException: The share is offline
                   at Share.Open(String path) in C:\\\\src\\\\Share.cs:line 12
                   --- End of inner exception stack trace ---
                   at Program.Main()
                """)).isEqualTo("The share is offline");
        assertThat(Sentence.of("""
                Traceback (most recent call last):
                  File "/srv/app.py", line 3, in <module>
                    open_bucket()
                  File "/srv/app.py", line 1, in open_bucket
                KeyError: 'photos'
                """)).isEqualTo("KeyError: 'photos'");
        assertThat(Sentence.of("TypeError: x is not a function\n    at list (/srv/app.js:1:2)\n    at /srv/app.js:9:1"))
                .isEqualTo("TypeError: x is not a function");
        assertThat(Sentence.of("panic: no bucket\n\ngoroutine 1 [running]:\nmain.main()\n\t/srv/main.go:3 +0x1d\n"))
                .isEqualTo("panic: no bucket");
    }

    @Test
    void ordinaryLinesStay() {
        assertThat(Sentence.of("cannot list\nat least one bucket is missing")).isEqualTo(
                "cannot list at least one bucket is missing");
        assertThat(Sentence.of("first\nsecond: third\n  fourth")).isEqualTo("first second: third fourth");
        assertThat(Sentence.of("\tat a.B.c(D.java:1)\n\tat a.B.d(D.java:2)"))
                .isEqualTo("at a.B.c(D.java:1) at a.B.d(D.java:2)");
    }
}
