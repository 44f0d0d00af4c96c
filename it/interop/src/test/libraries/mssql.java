// What it needs: com.microsoft.sqlserver:mssql-jdbc:13.4.0.jre11
// What it says: 08S01
package org.example;

import java.sql.DriverManager;
import java.sql.SQLException;

final class Call {

    private Call() {}

    static String say() throws Exception {
        // Nothing listens there: the driver has come as far as the network.
        try {
            DriverManager.getConnection("jdbc:sqlserver://127.0.0.1:1;databaseName=letters;loginTimeout=5", "user", "word").close();
            return "connected";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
