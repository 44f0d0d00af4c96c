package dev.kloset.kafka.backup;

import dev.kloset.kafka.connect.Waits;
import dev.kloset.kafka.layout.AclsFile;
import dev.kloset.kafka.layout.Layout;
import dev.kloset.kafka.layout.QuotasFile;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/** The settings that belong to no topic: access control lists and quotas. */
record ClusterSettings(Admin admin, String who) {

    /** Emit the access control lists, unless the brokers have none. */
    void emitAcls(SnapshotRecords records) throws IOException, InterruptedException {
        try {
            records.text(Layout.ACLS, AclsFile.write(
                    Waits.get(admin.describeAcls(AclBindingFilter.ANY).values(),
                            "cannot read the access control lists")));
        } catch (IOException e) {
            if (!(e.getCause() instanceof SecurityDisabledException)) {
                refuse(records, Layout.ACLS, "may not read the access control lists: grant Describe", e);
            }
        }
    }

    void emitQuotas(SnapshotRecords records) throws IOException, InterruptedException {
        try {
            records.text(Layout.QUOTAS, QuotasFile.write(Waits
                    .get(admin.describeClientQuotas(ClientQuotaFilter.all()).entities(), "cannot read the quotas")));
        } catch (IOException e) {
            refuse(records, Layout.QUOTAS, "may not read the quotas: grant DescribeConfigs", e);
        }
    }

    private void refuse(SnapshotRecords records, String pathname, String what, IOException e)
            throws IOException, InterruptedException {
        String sentence = e.getCause() instanceof AuthorizationException
                ? who + " " + what + " on the cluster to User:" + who + ", or leave them out with -ignore " + pathname
                : Sentence.of(e);
        records.unreadable(List.of(new Unreadable(pathname, sentence)));
    }
}
