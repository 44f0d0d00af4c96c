package dev.kloset.kafka.backup;

/**
 * Something that cannot be backed up, while everything else can.
 *
 * @param pathname where it would be in the snapshot
 * @param sentence why not
 */
record Unreadable(String pathname, String sentence) {}
