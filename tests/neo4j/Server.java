// A Neo4j server for the tests. Arguments: folder, Bolt port, whether it asks for a password.
// Says READY when it answers, and stops when its standard input closes, so that it never outlives the tests.
import java.nio.file.Path;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

public class Server {
    public static void main(String[] args) throws Exception {
        new DatabaseManagementServiceBuilder(Path.of(args[0]))
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", Integer.parseInt(args[1])))
                .setConfig(GraphDatabaseSettings.auth_enabled, Boolean.parseBoolean(args[2]))
                .build();
        System.out.println("READY");
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0); // its data is thrown away; an orderly end would take ten seconds
    }
}
