// What it needs: com.h2database:h2:2.4.240
// What it says: Dear Sir
package org.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

final class Call {

    private Call() {}

    static String say() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:letters");
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
