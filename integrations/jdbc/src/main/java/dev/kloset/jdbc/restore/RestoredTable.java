package dev.kloset.jdbc.restore;

import dev.kloset.jdbc.catalog.Table;

/**
 * A table of this restore.
 *
 * @param table as it was backed up, under its name here
 * @param database the kind of database that it comes from
 * @param existed whether it was here before the restore
 * @param before how many rows it had
 */
record RestoredTable(Table table, String database, boolean existed, long before) {}
