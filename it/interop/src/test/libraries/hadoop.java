// What it needs: org.apache.hadoop:hadoop-client:3.4.1
// What it says: file:///
package org.example;

import org.apache.hadoop.conf.Configuration;

final class Call {

    private Call() {}

    // Hadoop 3.4's file systems call Subject.getSubject, which Java 24 and later refuse, packaged or not.
    static String say() throws Exception {
        return new Configuration().get("fs.defaultFS");
    }
}
