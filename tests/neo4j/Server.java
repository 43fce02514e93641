// A Neo4j server for the tests. Arguments: folder, Bolt port, whether it asks for a password, and perhaps a folder with
// private.key and public.crt, with which it takes TLS as well.
// Says READY when it answers, and stops when its standard input closes, so that it never outlives the tests.
import java.nio.file.Path;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.BoltConnector.EncryptionLevel;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.configuration.ssl.SslPolicyConfig;
import org.neo4j.configuration.ssl.SslPolicyScope;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

public class Server {
    public static void main(String[] args) throws Exception {
        var server = new DatabaseManagementServiceBuilder(Path.of(args[0]))
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", Integer.parseInt(args[1])))
                .setConfig(GraphDatabaseSettings.auth_enabled, Boolean.parseBoolean(args[2]));
        if (args.length > 3) {
            var policy = SslPolicyConfig.forScope(SslPolicyScope.BOLT);
            server.setConfig(policy.enabled, true)
                    .setConfig(policy.base_directory, Path.of(args[3]))
                    .setConfig(policy.private_key, Path.of("private.key"))
                    .setConfig(policy.public_certificate, Path.of("public.crt"))
                    .setConfig(BoltConnector.encryption_level, EncryptionLevel.OPTIONAL);
        }
        server.build();
        System.out.println("READY");
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0); // its data is thrown away; an orderly end would take ten seconds
    }
}
