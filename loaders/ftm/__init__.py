"""FollowTheMoney's entities, as OpenSanctions and Aleph give them, one JSON object a line."""
