package dev.kloset.hadoop.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a NameNode says when it refuses something. */
class DeniedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Permission denied: user=alice, access=READ_EXECUTE, inode="/data/d5":root:supergroup:drwx------ | alice may not read /data/d5 (root:supergroup, drwx------)
            Permission denied: user=al ice, access=WRITE, inode="/a "b" c":root:super group:drwxr-xr-x | al ice may not write to /a "b" c (root:super group, drwxr-xr-x)
            Permission denied: user=alice, access=EXECUTE, inode="/x":bob:staff:-rw-------+ | alice may not enter /x (bob:staff, -rw-------+)
            Permission denied. user=alice is not the owner of inode=/data | alice is not the owner of /data
            Access denied for user alice. Superuser privilege is required | alice is not a superuser of the cluster
            Superuser privilege is required | this user is not a superuser of the cluster
            Something new is wrong | Something new is wrong
            """)
    void isSaidInTheWordsOfAUser(String said, String words) {
        assertThat(Denied.words(said)).isEqualTo(words);
        assertThat(Denied.words(said + "\n\tat org.apache.hadoop.Server.refuse(Server.java:1)")).isEqualTo(words);
    }
}
