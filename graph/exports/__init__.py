"""What a store holds as files for other programs: Gephi, networkx, spreadsheets, another Neo4j."""
