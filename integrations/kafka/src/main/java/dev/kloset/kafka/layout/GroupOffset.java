package dev.kloset.kafka.layout;

import org.jspecify.annotations.Nullable;

/**
 * Where a group goes on in a partition.
 *
 * @param offset the next offset that it reads; of share groups, where the records begin that are not all acknowledged
 * @param leaderEpoch of the record before; null if the group did not say
 * @param metadata what the group has stored beside the offset, often the empty text
 */
public record GroupOffset(String topic, int partition, long offset, @Nullable Integer leaderEpoch, String metadata) {}
