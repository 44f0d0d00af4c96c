package dev.kloset.kafka.servers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/** Deletes what tests have made. */
final class Emptying {

    private Emptying() {}

    static void of(Admin admin) throws InterruptedException, ExecutionException {
        while (!deleteGroups(admin)) {
            Thread.sleep(100);
        }
        admin.deleteTopics(admin.listTopics().names().get()).all().get();
        admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
        List<ClientQuotaAlteration> quotas = new ArrayList<>();
        admin.describeClientQuotas(ClientQuotaFilter.all())
                .entities()
                .get()
                .forEach((entity, values) -> quotas.add(new ClientQuotaAlteration(entity,
                        values.keySet().stream().map(key -> new ClientQuotaAlteration.Op(key, null)).toList())));
        admin.alterClientQuotas(quotas).all().get();
        Settling.of(admin);
    }

    /** {@return whether all groups are gone} A member that has just been closed may not have left yet. */
    private static boolean deleteGroups(Admin admin) throws InterruptedException, ExecutionException {
        Collection<GroupListing> groups = admin.listGroups().all().get();
        try {
            admin.deleteShareGroups(ids(groups, List.of(GroupType.SHARE))).all().get();
            admin.deleteStreamsGroups(ids(groups, List.of(GroupType.STREAMS))).all().get();
            admin.deleteConsumerGroups(ids(groups, List.of(GroupType.CLASSIC, GroupType.CONSUMER, GroupType.UNKNOWN)))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                return false;
            }
            throw e;
        }
    }

    private static List<String> ids(Collection<GroupListing> groups, List<GroupType> types) {
        return groups.stream()
                .filter(group -> types.contains(group.type().orElse(GroupType.UNKNOWN)))
                .map(GroupListing::groupId)
                .toList();
    }
}
