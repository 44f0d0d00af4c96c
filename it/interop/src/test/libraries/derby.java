// What it needs: org.apache.derby:derby:10.17.1.0 org.apache.derby:derbytools:10.17.1.0
// What it says: Dear Sir
package org.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

final class Call {

    private Call() {}

    static String say() throws Exception {
        System.setProperty("derby.stream.error.file", "/dev/null"); // otherwise Derby writes a log where the plugin was started
        try (Connection connection = DriverManager.getConnection("jdbc:derby:memory:letters;create=true");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE letters (id INT PRIMARY KEY, content VARCHAR(20))");
            statement.execute("INSERT INTO letters VALUES (1, 'Dear Sir')");
            try (ResultSet rows = statement.executeQuery("SELECT content FROM letters WHERE id = 1")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
