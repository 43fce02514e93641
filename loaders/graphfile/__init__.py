"""Graph files of other programs: GraphML, GEXF, or a folder's nodes.csv and edges.csv, as claims of that file.

What kind a node or an edge is stands in its attribute ``kind``, ``type`` or another of ``words.toml``, which also says
which words mean which; of an edge its label counts where nothing else says it. An edge whose kind is not in the schema,
or whose ends cannot have it, is refused with the reason.
"""
