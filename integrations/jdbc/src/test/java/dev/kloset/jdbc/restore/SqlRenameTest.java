package dev.kloset.jdbc.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas change their names in statements, and nothing else does. */
class SqlRenameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "CREATE TABLE \"public\".\"orders\" (\"public\" INT)|CREATE TABLE \"old one\".\"orders\" (\"public\" INT)",
        "CREATE TABLE public.orders (x INT DEFAULT nextval('public.s'))|CREATE TABLE \"old one\".orders (x INT DEFAULT nextval('public.s'))",
        "CREATE SCHEMA IF NOT EXISTS public|CREATE SCHEMA IF NOT EXISTS \"old one\"",
        "SELECT 'public.x''public.y' FROM public . t|SELECT 'public.x''public.y' FROM public . t",
        "SELECT a.public.b, republic.c, public FROM x -- public.y|SELECT a.public.b, republic.c, public FROM x -- public.y",
        "CREATE FUNCTION public.f() AS $b$ SELECT public.g() $b$ /* public.h */|CREATE FUNCTION \"old one\".f() AS $b$ SELECT public.g() $b$ /* public.h */",
        "ALTER TABLE `public`.`t` ADD x INT|ALTER TABLE \"old one\".`t` ADD x INT" })
    void onlyTheNamesOfSchemasChange(String sql, String expected) {
        assertThat(new SqlRename(sql, Map.of("public", "old one"), name -> '"' + name + '"').text())
                .isEqualTo(expected);
    }
}
