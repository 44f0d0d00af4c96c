// What it needs: com.oracle.database.jdbc:ojdbc11:23.5.0.24.07
// What it says: 66000
package org.example;

import java.sql.DriverManager;
import java.sql.SQLException;

final class Call {

    private Call() {}

    static String say() throws Exception {
        // Nothing listens there: the driver has come as far as the network.
        try {
            DriverManager.getConnection("jdbc:oracle:thin:@//127.0.0.1:1/letters", "user", "word").close();
            return "connected";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
