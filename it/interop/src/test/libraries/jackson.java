// What it needs: com.fasterxml.jackson.core:jackson-databind:2.22.0
// What it says: {"id":1,"content":"Dear Sir"}
package org.example;

import com.fasterxml.jackson.databind.ObjectMapper;

final class Call {

    private Call() {}

    static String say() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Letter letter = mapper.readValue("{\"id\": 1, \"content\": \"Dear Sir\"}", Letter.class);
        return mapper.writeValueAsString(letter);
    }

    record Letter(int id, String content) {}
}
