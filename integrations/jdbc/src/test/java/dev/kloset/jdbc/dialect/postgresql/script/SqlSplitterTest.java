package dev.kloset.jdbc.dialect.postgresql.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What ends a statement, and what only looks so. */
class SqlSplitterTest {

    @Test
    void statementsEndAtSemicolonsAndCommentsBetweenThemGo() {
        assertThat(SqlSplitter.split(
                "--\n-- Name: a;b; Type: TABLE\n--\n\nCREATE TABLE a (\n    b int\n);\n\n/* c; /* d */ */ SELECT 1; "))
                .containsExactly("CREATE TABLE a (\n    b int\n)", "SELECT 1");
    }

    @Test
    void quotesAndDollarsHideSemicolons() {
        assertThat(SqlSplitter
                .split("SELECT ';', 'it''s;', \"a;\"\"b\", E'\\';', 'back\\', $$;$$, $a_1$ ; $$ ; $a_1$, $1; SELECT 2"))
                .containsExactly("SELECT ';', 'it''s;', \"a;\"\"b\", E'\\';', 'back\\', $$;$$, $a_1$ ; $$ ; $a_1$, $1",
                        "SELECT 2");
    }

    @Test
    void bodiesOfFunctionsAndRulesStayWhole() {
        String function = "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql\n BEGIN ATOMIC\n SELECT CASE WHEN true THEN 1 END;\n SELECT 2;\nEND";
        String rule = "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)";
        assertThat(SqlSplitter.split(function + ";\n" + rule + ";\nBEGIN; COMMIT;")).containsExactly(function, rule,
                "BEGIN", "COMMIT");
    }

    @Test
    void linesForPsqlAreLeftOut() {
        assertThat(SqlSplitter.split("\\restrict abc\nSET a = 1;\n\\unrestrict abc\n")).containsExactly("SET a = 1");
    }

    @Test
    void anUnfinishedScriptEndsSomewhere() {
        assertThat(SqlSplitter.split("SELECT 'a; b")).containsExactly("SELECT 'a; b");
        assertThat(SqlSplitter.split("SELECT $a$ b")).containsExactly("SELECT $a$ b");
        assertThat(SqlSplitter.split("/* ")).isEmpty();
        assertThat(SqlSplitter.split("SELECT E'\\")).hasSize(1);
    }
}
