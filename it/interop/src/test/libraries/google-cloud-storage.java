// What it needs: com.google.cloud:google-cloud-storage:2.70.0
// What it says: refused
package org.example;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;

final class Call {

    private Call() {}

    static String say() throws Exception {
        try {
            StorageOptions.newBuilder()
                    .setProjectId("letters")
                    .setHost("http://127.0.0.1:1")
                    .setCredentials(NoCredentials.getInstance())
                    .setRetrySettings(RetrySettings.newBuilder().setMaxAttempts(1).build())
                    .build()
                    .getService()
                    .list("letters")
                    .iterateAll()
                    .forEach(blob -> {});
            return "listed";
        } catch (StorageException e) {
            // Nothing listens there: the client has come as far as the network.
            return String.valueOf(e.getCause()).contains("refused") ? "refused" : String.valueOf(e.getCause());
        }
    }
}
