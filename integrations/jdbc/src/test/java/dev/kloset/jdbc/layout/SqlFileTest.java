package dev.kloset.jdbc.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statements in a file come out as they went in. */
class SqlFileTest {

    @Test
    void nothingInAStatementPassesForItsEnd() throws IOException {
        List<String> statements = List.of("SELECT 1", "CREATE F AS '\n;\n\n-- bytes: 3\nabc\n;\n\n'", "", "größer");

        assertThat(SqlFile.read(SqlFile.write(statements).getBytes(UTF_8))).isEqualTo(statements);
        assertThat(SqlFile.read(new byte[0])).isEmpty();
    }

    @Test
    void aFileThatWasChangedIsRefused() {
        String file = SqlFile.write(List.of("SELECT 1", "SELECT 2"));

        for (String changed : List.of(file.replace("SELECT 2", "SELECT 22"), file.substring(3),
                file.replace(": 8", ": x"),
                file.substring(0, file.length() - 1), "SELECT 1;\n")) {
            assertThatThrownBy(() -> SqlFile.read(changed.getBytes(UTF_8)))
                    .hasMessageContaining("the file was changed");
        }
    }
}
