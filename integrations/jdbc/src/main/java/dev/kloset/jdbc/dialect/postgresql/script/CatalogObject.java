package dev.kloset.jdbc.dialect.postgresql.script;

/** An object of the catalogue, and the statement that makes it. */
record CatalogObject(Id id, String sql, boolean isView) {

    /**
     * Which object.
     *
     * @param kind the number of the catalogue that has it
     */
    record Id(long kind, long number) {}
}
