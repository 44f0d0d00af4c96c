package dev.kloset.kafka.restore;

import dev.kloset.ConfigException;
import dev.kloset.kafka.layout.AclsFile;
import dev.kloset.kafka.layout.QuotasFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Restores access control lists and quotas: adds what the snapshot has, and leaves others alone. For any number of threads. */
record RightsRestore(Target target, TargetNames names) {

    private static final String EVERYTHING = "*";

    void acls(byte[] file) throws IOException, InterruptedException {
        List<AclBinding> acls = new ArrayList<>();
        for (AclBinding acl : AclsFile.read(file)) {
            acls.add(new AclBinding(renamed(acl.pattern()), acl.entry()));
        }
        if (!acls.isEmpty()) {
            Admin admin = target.admin();
            target.get(admin.createAcls(acls).all(), "cannot restore the access control lists", "Alter on the cluster");
        }
    }

    /** {@return the same resource under the name that it is restored with} */
    private ResourcePattern renamed(ResourcePattern pattern) throws ConfigException {
        if (pattern.name().equals(EVERYTHING)) {
            return pattern;
        }
        String name = pattern.resourceType() == ResourceType.TOPIC
                ? names.topic(pattern.name())
                : pattern.resourceType() == ResourceType.GROUP ? names.group(pattern.name()) : pattern.name();
        return new ResourcePattern(pattern.resourceType(), name, pattern.patternType());
    }

    void quotas(byte[] file) throws IOException, InterruptedException {
        List<ClientQuotaAlteration> alterations = new ArrayList<>();
        for (Map.Entry<ClientQuotaEntity, Map<String, Double>> quota : QuotasFile.read(file).entrySet()) {
            alterations.add(new ClientQuotaAlteration(quota.getKey(),
                    quota.getValue()
                            .entrySet()
                            .stream()
                            .map(value -> new ClientQuotaAlteration.Op(value.getKey(), value.getValue()))
                            .toList()));
        }
        if (!alterations.isEmpty()) {
            target.get(target.admin().alterClientQuotas(alterations).all(), "cannot restore the quotas",
                    "AlterConfigs on the cluster");
        }
    }
}
